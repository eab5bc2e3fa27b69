using Microsoft.Extensions.Configuration;

namespace Sixtyfour.Registration;

/// <summary>
/// Reads options from configuration, setting by setting: without reflection, so it works in trimmed applications. For a value that cannot be read it adds a
/// problem that names setting, value and fix. Members of other readers, such as webhook secrets, are ignored.
/// </summary>
internal static class ConfigurationReader
{
    public static void Read(IConfiguration section, SixtyfourClientOptions options)
    {
        foreach (var setting in ClientSettings.All.Where(setting => setting.Expected is not null))
        {
            foreach (var text in Texts(section, setting).Where(text => !setting.TryRead(text, options)))
            {
                // A problem and not an exception, so that an invalid reload can be ignored.
                Add(options.Unreadable, $"The setting {FullName(section, setting)} is '{text}': it must be {setting.Expected}.");
            }
        }
    }

    private static IEnumerable<string> Texts(IConfiguration section, Setting setting) =>
        setting.IsList ? section.GetSection(setting.Path).GetChildren().Select(item => item.Value ?? "")
        : section[setting.Path] is { Length: > 0 } text ? [text]
        : [];

    private static string FullName(IConfiguration section, Setting setting) =>
        section is IConfigurationSection { Path: { Length: > 0 } path } ? $"{path}:{setting.Path}" : setting.Path;

    // The same section may have been added twice.
    private static void Add(IList<string> unreadable, string problem)
    {
        if (!unreadable.Contains(problem))
        {
            unreadable.Add(problem);
        }
    }
}
