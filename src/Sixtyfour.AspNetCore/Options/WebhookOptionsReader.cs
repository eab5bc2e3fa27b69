using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Sixtyfour.AspNetCore.Options;

/// <summary>
/// Reads options from configuration without reflection. A value that cannot be read is reported by validation, not thrown: a bad reload must not end a running
/// application.
/// </summary>
internal static class WebhookOptionsReader
{
    public static void Read(IConfiguration section, SixtyfourWebhookOptions options)
    {
        // Many configurations have a single secret without a list; ignored, it would make every delivery look unverifiable.
        var secrets = section.GetSection(nameof(options.WebhookSecrets));
        foreach (var secret in secrets.GetChildren().Prepend(secrets))
        {
            if (!string.IsNullOrWhiteSpace(secret.Value))
            {
                options.WebhookSecrets.Add(secret.Value);
            }
        }

        if (Text(section, nameof(options.Tolerance)) is { } tolerance)
        {
            if (TimeSpan.TryParse(tolerance, CultureInfo.InvariantCulture, out var value))
            {
                options.Tolerance = value;
            }
            else
            {
                Refuse(options, nameof(options.Tolerance), tolerance, "a time such as 00:05:00");
            }
        }

        if (Text(section, nameof(options.MaxBodyBytes)) is { } most)
        {
            if (int.TryParse(most, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                options.MaxBodyBytes = value;
            }
            else
            {
                Refuse(options, nameof(options.MaxBodyBytes), most, "a whole number");
            }
        }

        if (Text(section, nameof(options.AllowUnsigned)) is { } unsigned)
        {
            if (bool.TryParse(unsigned, out var value))
            {
                options.AllowUnsigned = value;
            }
            else
            {
                Refuse(options, nameof(options.AllowUnsigned), unsigned, "true or false");
            }
        }
    }

    private static string? Text(IConfiguration section, string name) => section[name] is { Length: > 0 } text ? text : null;

    private static void Refuse(SixtyfourWebhookOptions options, string name, string text, string wanted) =>
        options.Unreadable.Add($"The setting {name} is '{text}': it must be {wanted}.");
}
