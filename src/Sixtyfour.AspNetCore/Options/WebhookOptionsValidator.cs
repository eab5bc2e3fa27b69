using Microsoft.Extensions.Options;

namespace Sixtyfour.AspNetCore.Options;

/// <summary>Checks options when the application starts. Each problem names the setting, its value and the fix; never a secret.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<SixtyfourWebhookOptions>
{
    private const int LargestBody = 256 * 1024 * 1024;

    private static readonly TimeSpan LongestTolerance = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, SixtyfourWebhookOptions options)
    {
        var problems = Problems(options);
        return problems.Count is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static List<string> Problems(SixtyfourWebhookOptions options)
    {
        var problems = new List<string>(options.Unreadable);
        if (options.WebhookSecrets.Any(secret => !string.IsNullOrWhiteSpace(secret) && !secret.Trim().All(c => c is > ' ' and <= '~' and not ('"' or '\''))))
        {
            problems.Add("WebhookSecrets has a secret with quotes, white space or characters beyond ASCII (its value is not shown): copy it again.");
        }

        if (options.Tolerance < TimeSpan.Zero || options.Tolerance > LongestTolerance)
        {
            problems.Add($"Tolerance is {options.Tolerance}: it must be from zero to {LongestTolerance}; the vendor recommends 00:05:00.");
        }

        if (options.MaxBodyBytes is < 1 or > LargestBody)
        {
            problems.Add($"MaxBodyBytes is {options.MaxBodyBytes}: it must be from 1 to {LargestBody}; the default is 10485760.");
        }

        return problems;
    }
}
