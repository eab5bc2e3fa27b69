using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Client = Sixtyfour.SixtyfourClientOptions;

namespace Sixtyfour;

/// <summary>
/// All settings of the client, each declared once: this table is used for copying, validating and reading from configuration. Defaults are in the properties.
/// </summary>
internal sealed class ClientSettings : IValidateOptions<Client>
{
    public const int MostRetries = 20;
    public const int MostRequests = 1_000_000;
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);
    private static readonly TimeSpan LongestMaxDelay = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestBaseDelay = TimeSpan.FromHours(1);

    public static IReadOnlyList<Setting> All { get; } =
    [
        new Setting<string?>(nameof(Client.ApiKey), o => o.ApiKey, (o, value) => o.ApiKey = value, TextForms.Text, KeyProblem),
        new Setting<Func<CancellationToken, ValueTask<string>>?>(nameof(Client.ApiKeyProvider), o => o.ApiKeyProvider, (o, value) => o.ApiKeyProvider = value),
        new Setting<Uri>(nameof(Client.Endpoint), o => o.Endpoint, (o, value) => o.Endpoint = value, TextForms.Address, EndpointProblem),
        new Setting<bool>(nameof(Client.AllowInsecureEndpoint), o => o.AllowInsecureEndpoint, (o, value) => o.AllowInsecureEndpoint = value, TextForms.Flag),
        new Setting<IJsonTypeInfoResolver?>(nameof(Client.TypeInfoResolver), o => o.TypeInfoResolver, (o, value) => o.TypeInfoResolver = value),
        new Setting<ILoggerFactory?>(nameof(Client.LoggerFactory), o => o.LoggerFactory, (o, value) => o.LoggerFactory = value),
        new Setting<Uri?>(nameof(Client.WebhookUrl), o => o.WebhookUrl, (o, value) => o.WebhookUrl = value, TextForms.OptionalAddress, WebhookProblem),
        Timeout(
            nameof(Client.AgentAttemptTimeout),
            o => o.AgentAttemptTimeout,
            (o, value) => o.AgentAttemptTimeout = value,
            nameof(Client.AgentTotalTimeout),
            o => o.AgentTotalTimeout),
        Timeout(nameof(Client.AgentTotalTimeout), o => o.AgentTotalTimeout, (o, value) => o.AgentTotalTimeout = value),
        Timeout(
            nameof(Client.QuickAttemptTimeout),
            o => o.QuickAttemptTimeout,
            (o, value) => o.QuickAttemptTimeout = value,
            nameof(Client.QuickTotalTimeout),
            o => o.QuickTotalTimeout),
        Timeout(nameof(Client.QuickTotalTimeout), o => o.QuickTotalTimeout, (o, value) => o.QuickTotalTimeout = value),
        Timeout(nameof(Client.TransferIdleTimeout), o => o.TransferIdleTimeout, (o, value) => o.TransferIdleTimeout = value),
        Timeout(nameof(Client.PollFailureTimeout), o => o.PollFailureTimeout, (o, value) => o.PollFailureTimeout = value),
        new Setting<bool>(nameof(Client.KeepAppWideResilience), o => o.KeepAppWideResilience, (o, value) => o.KeepAppWideResilience = value, TextForms.Flag),
        new Setting<int>("Retry.MaxRetries", o => o.Retry.MaxRetries, (o, value) => o.Retry.MaxRetries = value, TextForms.Count, RetriesProblem),
        new Setting<TimeSpan>("Retry.BaseDelay", o => o.Retry.BaseDelay, (o, value) => o.Retry.BaseDelay = value, TextForms.Time, BaseDelayProblem),
        new Setting<TimeSpan>("Retry.MaxDelay", o => o.Retry.MaxDelay, (o, value) => o.Retry.MaxDelay = value, TextForms.Time, MaxDelayProblem),
        new Setting<bool>(
            "Retry.RetryPaidCallsOnServerError",
            o => o.Retry.RetryPaidCallsOnServerError,
            (o, value) => o.Retry.RetryPaidCallsOnServerError = value,
            TextForms.Flag),
        Limit("RateLimit.RequestsPerMinute", o => o.RateLimit.RequestsPerMinute, (o, value) => o.RateLimit.RequestsPerMinute = value),
        Limit("RateLimit.BulkSubmissionsPerMinute", o => o.RateLimit.BulkSubmissionsPerMinute, (o, value) => o.RateLimit.BulkSubmissionsPerMinute = value),
        new Setting<TimeSpan>("RateLimit.MaxWait", o => o.RateLimit.MaxWait, (o, value) => o.RateLimit.MaxWait = value, TextForms.Time, MaxWaitProblem),
        new Setting<RateLimiter?>("RateLimit.Limiter", o => o.RateLimit.Limiter, (o, value) => o.RateLimit.Limiter = value),
        new ListSetting<Uri>(nameof(Client.TrustedDownloadOrigins), o => o.TrustedDownloadOrigins, TextForms.ListedAddress, OriginProblem),
        new Setting<bool>(nameof(Client.SendTraceContext), o => o.SendTraceContext, (o, value) => o.SendTraceContext = value, TextForms.Flag),
        new Setting<TimeProvider>(nameof(Client.TimeProvider), o => o.TimeProvider, (o, value) => o.TimeProvider = value, problem: ClockProblem),
        new Setting<string?>(nameof(Client.KeyOrigin), o => o.KeyOrigin, (o, value) => o.KeyOrigin = value),
        new ListSetting<string>(nameof(Client.Unreadable), o => o.Unreadable),
        new Setting<bool>(nameof(Client.RefuseResends), o => o.RefuseResends, (o, value) => o.RefuseResends = value),
    ];

    /// <summary>Options are read once; later changes by the caller must not affect a running client.</summary>
    public static Client Copy(Client source)
    {
        var copy = new Client();
        Overwrite(copy, source);
        return copy;
    }

    public static void Overwrite(Client target, Client source)
    {
        foreach (var setting in All)
        {
            setting.Copy(source, target);
        }
    }

    /// <summary>Each problem names the setting, its value and the fix, but no secret.</summary>
    public static List<string> Problems(Client options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. options.Unreadable, .. All.SelectMany(setting => setting.Problems(options))];
    }

    /// <summary>What is wrong with a key, to follow its name; null when nothing is. Shows no part of the key.</summary>
    public static string? KeyFault(string? key) => key switch
    {
        _ when string.IsNullOrWhiteSpace(key) => "is empty",
        ['"' or '\'' or '`', ..] or [.., '"' or '\'' or '`'] => "has quotes around it, which some readers of .env files keep: remove them",
        _ when !key!.All(c => c is > ' ' and <= '~') => "contains white space or characters beyond ASCII: copy the key again",
        _ => null,
    };

    public ValidateOptionsResult Validate(string? name, Client options)
    {
        var problems = Problems(options);
        return problems.Count is 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>What is wrong with a limit of one call or of the client; null when nothing is.</summary>
    public static string? TimeoutProblem(string name, TimeSpan value) =>
        value <= TimeSpan.Zero || value > LongestTimeout ? $"{name} is {value}: it must be more than zero and at most {LongestTimeout}." : null;

    public static string? RetriesProblem(string name, int value) =>
        value is < 0 or > MostRetries ? $"{name} is {value}: it must be from 0 to {MostRetries}." : null;

    private static Setting<TimeSpan> Timeout(
        string name, Func<Client, TimeSpan> get, Action<Client, TimeSpan> set, string? total = null, Func<Client, TimeSpan>? getTotal = null) =>
        new(name, get, set, TextForms.Time, o => TimeoutProblem(name, get(o)) ?? (getTotal?.Invoke(o) is { } limit && get(o) > limit
            ? $"{name} ({get(o)}) is longer than {total} ({limit}): raise {total} to at least {get(o)}."
            : null));

    private static Setting<int?> Limit(string name, Func<Client, int?> get, Action<Client, int?> set) =>
        new(name, get, set, TextForms.CountOrOff, o => get(o) is < 1 or > MostRequests
            ? $"{name} is {get(o)}: it must be from 1 to {MostRequests}, or null for no limit."
            : null);

    private static string? KeyProblem(Client options) => options switch
    {
        { ApiKeyProvider: not null } => null,
        _ when string.IsNullOrWhiteSpace(options.ApiKey) =>
            $"ApiKey is missing: set it (configuration key 'ApiKey' of the section given to AddSixtyfour), or ApiKeyProvider, or the environment variable "
                + $"{EnvironmentFallback.ApiKey}.",
        _ => KeyFault(options.ApiKey) is { } fault ? $"ApiKey {fault}. Its value is not shown." : null,
    };

    private static string? EndpointProblem(Client options) => options.Endpoint switch
    {
        var endpoint when !IsHttp(endpoint) =>
            $"Endpoint '{SafeAddress.Of(endpoint)}' is not an absolute http or https address: leave it out for {Client.DefaultEndpoint}.",
        { UserInfo.Length: > 0 } or { Query.Length: > 0 } or { Fragment.Length: > 0 } =>
            $"Endpoint '{options.Endpoint.Host}' contains a user, a query or a fragment: use only scheme, host, port and path.",
        { Scheme: "http" } endpoint when !IsLoopback(endpoint) && !options.AllowInsecureEndpoint =>
            $"Endpoint '{endpoint}' would send the key unencrypted: use https, or set AllowInsecureEndpoint to true.",
        _ => null,
    };

    private static string? WebhookProblem(Client options) =>
        options.WebhookUrl is { } webhook && WebhookAddress.Problem(webhook) is { } problem ? $"{nameof(options.WebhookUrl)} {problem}" : null;

    private static string? RetriesProblem(Client options) => RetriesProblem("Retry.MaxRetries", options.Retry.MaxRetries);

    private static string? BaseDelayProblem(Client options) =>
        options.Retry.BaseDelay < TimeSpan.FromMilliseconds(1) || options.Retry.BaseDelay > LongestBaseDelay
        ? $"Retry.BaseDelay is {options.Retry.BaseDelay}: it must be from 1 ms to {LongestBaseDelay}."
        : null;

    private static string? MaxDelayProblem(Client options) => options.Retry.MaxDelay < options.Retry.BaseDelay || options.Retry.MaxDelay > LongestMaxDelay
        ? $"Retry.MaxDelay is {options.Retry.MaxDelay}: it must be from Retry.BaseDelay ({options.Retry.BaseDelay}) to {LongestMaxDelay}."
        : null;

    private static string? MaxWaitProblem(Client options) => options.RateLimit.MaxWait is var wait
        && wait != System.Threading.Timeout.InfiniteTimeSpan && (wait < TimeSpan.Zero || wait > LongestTimeout)
            ? $"RateLimit.MaxWait is {wait}: it must be from zero to {LongestTimeout}, or Timeout.InfiniteTimeSpan for as long as the call may take."
            : null;

    private static string? OriginProblem(Uri origin) =>
        IsHttp(origin) ? null : $"TrustedDownloadOrigins contains '{SafeAddress.Of(origin)}', which is not an absolute http or https address.";

    private static string? ClockProblem(Client options) =>
        options.TimeProvider is null ? $"{nameof(options.TimeProvider)} is null: leave it out for the system's clock." : null;

    private static bool IsHttp([NotNullWhen(true)] Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    private static bool IsLoopback(Uri endpoint) =>
        endpoint.IsLoopback || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
