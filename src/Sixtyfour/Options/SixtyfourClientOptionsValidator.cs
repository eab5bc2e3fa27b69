using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;

namespace Sixtyfour;

/// <summary>Checks options when the application starts. Each problem names the setting, its value and the fix; never a secret.</summary>
internal sealed class SixtyfourClientOptionsValidator : IValidateOptions<SixtyfourClientOptions>
{
    public const int MostRetries = 20;
    public const int MostRequests = 1_000_000;
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);
    public static readonly TimeSpan LongestMaxDelay = TimeSpan.FromHours(24);
    public static readonly TimeSpan LongestBaseDelay = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SixtyfourClientOptions options)
    {
        var problems = Problems(options);
        return problems.Count is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static bool IsUsableKey(string? key) => !string.IsNullOrWhiteSpace(key) && key!.All(c => c is > ' ' and <= '~');

    public static List<string> Problems(SixtyfourClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>(options.Unreadable);
        CheckKey(options, problems);
        CheckEndpoint(options, problems);
        CheckTimeouts(options, problems);
        CheckRetry(options.Retry, problems);
        CheckRateLimit(options.RateLimit, problems);
        CheckAddresses(options, problems);
        return problems;
    }

    private static void CheckKey(SixtyfourClientOptions options, List<string> problems)
    {
        if (options.ApiKeyProvider is not null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(options.ApiKey))
        {
            problems.Add($"ApiKey is missing: set it (configuration key 'ApiKey' of the section given to AddSixtyfour), or ApiKeyProvider, or the environment variable {EnvironmentFallback.ApiKey}.");
        }
        else if (!IsUsableKey(options.ApiKey))
        {
            problems.Add("ApiKey holds white space or characters beyond ASCII (its value is not shown): copy the key again, without quotes or line ends.");
        }
    }

    private static void CheckEndpoint(SixtyfourClientOptions options, List<string> problems)
    {
        var endpoint = options.Endpoint;
        if (!IsHttp(endpoint))
        {
            problems.Add($"Endpoint '{SafeAddress.Of(endpoint)}' is no absolute http or https address: leave it out for {Defaults.Endpoint}.");
        }
        else if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            problems.Add($"Endpoint '{endpoint.Host}' carries a user, a query or a fragment: only scheme, host, port and path belong in it.");
        }
        else if (endpoint.Scheme is "http" && !IsLoopback(endpoint) && !options.AllowInsecureEndpoint)
        {
            problems.Add($"Endpoint '{endpoint}' would send the key unencrypted: use https, or set AllowInsecureEndpoint to true.");
        }
    }

    private static bool IsHttp([NotNullWhen(true)] Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    private static bool IsLoopback(Uri endpoint) =>
        endpoint.IsLoopback || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static void CheckTimeouts(SixtyfourClientOptions options, List<string> problems)
    {
        CheckTimeout(nameof(options.AgentAttemptTimeout), options.AgentAttemptTimeout, problems);
        CheckTimeout(nameof(options.AgentTotalTimeout), options.AgentTotalTimeout, problems);
        CheckTimeout(nameof(options.QuickAttemptTimeout), options.QuickAttemptTimeout, problems);
        CheckTimeout(nameof(options.QuickTotalTimeout), options.QuickTotalTimeout, problems);
        CheckTimeout(nameof(options.TransferIdleTimeout), options.TransferIdleTimeout, problems);
        CheckOrder(nameof(options.AgentAttemptTimeout), options.AgentAttemptTimeout, nameof(options.AgentTotalTimeout), options.AgentTotalTimeout, problems);
        CheckOrder(nameof(options.QuickAttemptTimeout), options.QuickAttemptTimeout, nameof(options.QuickTotalTimeout), options.QuickTotalTimeout, problems);
    }

    private static void CheckTimeout(string name, TimeSpan value, List<string> problems)
    {
        if (value <= TimeSpan.Zero || value > LongestTimeout)
        {
            problems.Add($"{name} is {value}: it must be more than zero and at most {LongestTimeout}.");
        }
    }

    private static void CheckOrder(string attempt, TimeSpan attemptValue, string total, TimeSpan totalValue, List<string> problems)
    {
        if (attemptValue > totalValue)
        {
            problems.Add($"{attempt} ({attemptValue}) is longer than {total} ({totalValue}): raise {total} to at least {attemptValue}.");
        }
    }

    private static void CheckRetry(RetryOptions retry, List<string> problems)
    {
        if (retry.MaxRetries is < 0 or > MostRetries)
        {
            problems.Add($"Retry.MaxRetries is {retry.MaxRetries}: it must be from 0 to {MostRetries}.");
        }

        if (retry.BaseDelay < TimeSpan.FromMilliseconds(1) || retry.BaseDelay > LongestBaseDelay)
        {
            problems.Add($"Retry.BaseDelay is {retry.BaseDelay}: it must be from 1 ms to {LongestBaseDelay}.");
        }

        if (retry.MaxDelay < retry.BaseDelay || retry.MaxDelay > LongestMaxDelay)
        {
            problems.Add($"Retry.MaxDelay is {retry.MaxDelay}: it must be from Retry.BaseDelay ({retry.BaseDelay}) to {LongestMaxDelay}.");
        }
    }

    private static void CheckRateLimit(RateLimitOptions limit, List<string> problems)
    {
        CheckCount(nameof(limit.RequestsPerMinute), limit.RequestsPerMinute, problems);
        CheckCount(nameof(limit.BulkSubmissionsPerMinute), limit.BulkSubmissionsPerMinute, problems);
        if (limit.MaxWait != Timeout.InfiniteTimeSpan && (limit.MaxWait < TimeSpan.Zero || limit.MaxWait > LongestTimeout))
        {
            problems.Add($"RateLimit.MaxWait is {limit.MaxWait}: it must be from zero to {LongestTimeout}, or Timeout.InfiniteTimeSpan for as long as the call may take.");
        }
    }

    private static void CheckCount(string name, int? value, List<string> problems)
    {
        if (value is < 1 or > MostRequests)
        {
            problems.Add($"RateLimit.{name} is {value}: it must be from 1 to {MostRequests}, or null for no limit.");
        }
    }

    private static void CheckAddresses(SixtyfourClientOptions options, List<string> problems)
    {
        if (options.WebhookUrl is { } webhook && WebhookAddress.Problem(webhook) is { } problem)
        {
            problems.Add($"{nameof(options.WebhookUrl)} {problem}");
        }

        foreach (var origin in options.TrustedDownloadOrigins)
        {
            if (!IsHttp(origin))
            {
                problems.Add($"TrustedDownloadOrigins holds '{SafeAddress.Of(origin)}', which is no absolute http or https address.");
            }
        }

        if (options.TimeProvider is null)
        {
            problems.Add($"{nameof(options.TimeProvider)} is null: leave it out for the system's clock.");
        }
    }
}
