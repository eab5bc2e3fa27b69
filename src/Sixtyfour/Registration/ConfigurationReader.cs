using Microsoft.Extensions.Configuration;

namespace Sixtyfour.Registration;

/// <summary>
/// Reads options from configuration, setting by setting: no reflection, so it works in trimmed applications, and a value that cannot be read is a sentence
/// that names setting, value and fix. Members that belong to others, such as webhook secrets, are left alone.
/// </summary>
internal static class ConfigurationReader
{
    public static void Read(IConfiguration section, SixtyfourClientOptions options)
    {
        foreach (var setting in ClientSettings.All.Where(setting => setting.Wanted is not null))
        {
            foreach (var text in Texts(section, setting).Where(text => !setting.TryRead(text, options)))
            {
                // A problem and not an exception, so that a bad reload can be told from a bad start.
                Add(options.Unreadable, $"The setting {FullName(section, setting)} is '{text}': it must be {setting.Wanted}.");
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
