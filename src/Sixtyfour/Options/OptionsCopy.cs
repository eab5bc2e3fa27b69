namespace Sixtyfour;

/// <summary>Options are read once; later changes by the caller must not reach a client that is at work.</summary>
internal static class OptionsCopy
{
    public static SixtyfourClientOptions Of(SixtyfourClientOptions source)
    {
        var copy = new SixtyfourClientOptions();
        Overwrite(copy, source);
        return copy;
    }

    public static void Overwrite(SixtyfourClientOptions target, SixtyfourClientOptions source)
    {
        target.ApiKey = source.ApiKey;
        target.ApiKeyProvider = source.ApiKeyProvider;
        target.Endpoint = source.Endpoint;
        target.AllowInsecureEndpoint = source.AllowInsecureEndpoint;
        target.TypeInfoResolver = source.TypeInfoResolver;
        target.WebhookUrl = source.WebhookUrl;
        target.AgentAttemptTimeout = source.AgentAttemptTimeout;
        target.AgentTotalTimeout = source.AgentTotalTimeout;
        target.QuickAttemptTimeout = source.QuickAttemptTimeout;
        target.QuickTotalTimeout = source.QuickTotalTimeout;
        target.TransferIdleTimeout = source.TransferIdleTimeout;
        target.KeepAppWideResilience = source.KeepAppWideResilience;
        target.TimeProvider = source.TimeProvider;
        target.RefuseResends = source.RefuseResends;
        Overwrite(target.Retry, source.Retry);
        Overwrite(target.RateLimit, source.RateLimit);
        Overwrite(target.TrustedDownloadOrigins, source.TrustedDownloadOrigins);
        Overwrite(target.Unreadable, source.Unreadable);
    }

    private static void Overwrite<T>(IList<T> target, IList<T> source)
    {
        target.Clear();
        foreach (var item in source)
        {
            target.Add(item);
        }
    }

    private static void Overwrite(RetryOptions target, RetryOptions source)
    {
        target.MaxRetries = source.MaxRetries;
        target.BaseDelay = source.BaseDelay;
        target.MaxDelay = source.MaxDelay;
        target.RetryPaidCallsOnServerError = source.RetryPaidCallsOnServerError;
    }

    private static void Overwrite(RateLimitOptions target, RateLimitOptions source)
    {
        target.RequestsPerMinute = source.RequestsPerMinute;
        target.BulkSubmissionsPerMinute = source.BulkSubmissionsPerMinute;
        target.MaxWait = source.MaxWait;
        target.Limiter = source.Limiter;
    }
}
