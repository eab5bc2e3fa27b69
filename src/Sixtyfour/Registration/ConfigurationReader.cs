using System.Globalization;
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
        var settings = new Settings(section, options.Unreadable);
        settings.Text(nameof(options.ApiKey), value => options.ApiKey = value);
        settings.Address(nameof(options.Endpoint), value => options.Endpoint = value);
        settings.Flag(nameof(options.AllowInsecureEndpoint), value => options.AllowInsecureEndpoint = value);
        settings.Address(nameof(options.WebhookUrl), value => options.WebhookUrl = value);
        settings.Time(nameof(options.AgentAttemptTimeout), value => options.AgentAttemptTimeout = value);
        settings.Time(nameof(options.AgentTotalTimeout), value => options.AgentTotalTimeout = value);
        settings.Time(nameof(options.QuickAttemptTimeout), value => options.QuickAttemptTimeout = value);
        settings.Time(nameof(options.QuickTotalTimeout), value => options.QuickTotalTimeout = value);
        settings.Time(nameof(options.TransferIdleTimeout), value => options.TransferIdleTimeout = value);
        settings.Flag(nameof(options.KeepAppWideResilience), value => options.KeepAppWideResilience = value);
        settings.Addresses(nameof(options.TrustedDownloadOrigins), options.TrustedDownloadOrigins);
        Read(new Settings(section.GetSection(nameof(options.Retry)), options.Unreadable), options.Retry);
        Read(new Settings(section.GetSection(nameof(options.RateLimit)), options.Unreadable), options.RateLimit);
    }

    private static void Read(Settings settings, RetryOptions retry)
    {
        settings.Count(nameof(retry.MaxRetries), value => retry.MaxRetries = value);
        settings.Time(nameof(retry.BaseDelay), value => retry.BaseDelay = value);
        settings.Time(nameof(retry.MaxDelay), value => retry.MaxDelay = value);
        settings.Flag(nameof(retry.RetryPaidCallsOnServerError), value => retry.RetryPaidCallsOnServerError = value);
    }

    private static void Read(Settings settings, RateLimitOptions limit)
    {
        settings.CountOrOff(nameof(limit.RequestsPerMinute), value => limit.RequestsPerMinute = value);
        settings.CountOrOff(nameof(limit.BulkSubmissionsPerMinute), value => limit.BulkSubmissionsPerMinute = value);
        settings.Time(nameof(limit.MaxWait), value => limit.MaxWait = value);
    }

    private sealed class Settings(IConfiguration section, IList<string> unreadable)
    {
        private delegate bool Parser<T>(string text, out T value);

        public void Text(string name, Action<string> set)
        {
            if (section[name] is { Length: > 0 } text)
            {
                set(text);
            }
        }

        public void Flag(string name, Action<bool> set) => Value<bool>(name, bool.TryParse, "true or false", set);

        // A bare number would be read as days, and whoever writes one means seconds.
        public void Time(string name, Action<TimeSpan> set) => Value(name, (string text, out TimeSpan value) =>
            TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && text.Contains(':'), "a time such as 00:15:30", set);

        public void Count(string name, Action<int> set) => Value(name, (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value), "a whole number", set);

        public void CountOrOff(string name, Action<int?> set)
        {
            if (string.Equals(section[name], "off", StringComparison.OrdinalIgnoreCase))
            {
                set(null);
            }
            else
            {
                Count(name, value => set(value));
            }
        }

        public void Address(string name, Action<Uri> set) => Text(name, text => Read<Uri>(name, text, ToAddress, "an absolute address", set));

        public void Addresses(string name, IList<Uri> addresses)
        {
            foreach (var item in section.GetSection(name).GetChildren())
            {
                Read<Uri>(name, item.Value ?? "", ToAddress, "a list of absolute addresses", addresses.Add);
            }
        }

        private static bool ToAddress(string text, out Uri value) => Uri.TryCreate(text, UriKind.Absolute, out value!);

        private void Value<T>(string name, Parser<T> parse, string wanted, Action<T> set) => Text(name, text => Read(name, text, parse, wanted, set));

        // A problem and not an exception, so that a bad reload can be told from a bad start.
        private void Read<T>(string name, string text, Parser<T> parse, string wanted, Action<T> set)
        {
            if (parse(text, out var value))
            {
                set(value);
            }
            else
            {
                Add($"The setting {FullName(name)} is '{text}': it must be {wanted}.");
            }
        }

        private string FullName(string name) => section is IConfigurationSection { Path: { Length: > 0 } path } ? $"{path}:{name}" : name;

        // The same section may have been added twice.
        private void Add(string problem)
        {
            if (!unreadable.Contains(problem))
            {
                unreadable.Add(problem);
            }
        }
    }
}
