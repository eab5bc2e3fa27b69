namespace Sixtyfour.Http;

/// <summary>The limits one call lives under: the client's for its kind, unless the call names its own.</summary>
internal readonly record struct CallLimits(TimeSpan Attempt, TimeSpan Total, int MaxRetries)
{
    /// <summary>How long a transfer may go without a byte; null for what is no transfer.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>How long the answer to an upload may take, once its last byte has left.</summary>
    public TimeSpan Answer { get; init; }

    public static CallLimits For(TimeClass time, SixtyfourClientOptions client, RequestOptions? call)
    {
        var (attempt, total) = time switch
        {
            TimeClass.Agent => (client.AgentAttemptTimeout, client.AgentTotalTimeout),
            // Silence ends an attempt; a slow one that moves may take what the call may take.
            TimeClass.Transfer => (Defaults.TransferTotalTimeout, Defaults.TransferTotalTimeout),
            _ => (client.QuickAttemptTimeout, client.QuickTotalTimeout),
        };
        CheckTimeout(call?.AttemptTimeout, nameof(RequestOptions.AttemptTimeout));
        CheckTimeout(call?.TotalTimeout, nameof(RequestOptions.TotalTimeout));
        if (call?.MaxRetries is < 0 or > SixtyfourClientOptionsValidator.MostRetries)
        {
            throw new ArgumentException(
                $"{nameof(RequestOptions.MaxRetries)} is {call.MaxRetries}: it must be from 0 to {SixtyfourClientOptionsValidator.MostRetries}.", nameof(call));
        }

        attempt = call?.AttemptTimeout ?? attempt;
        // An attempt that was given more time is not cut short by a limit nobody named.
        total = call?.TotalTimeout ?? (attempt > total ? attempt : total);
        return new(attempt, total, call?.MaxRetries ?? client.Retry.MaxRetries)
        {
            Silence = time is TimeClass.Transfer ? client.TransferIdleTimeout : null,
            Answer = call?.AttemptTimeout ?? client.QuickAttemptTimeout,
        };
    }

    private static void CheckTimeout(TimeSpan? limit, string name)
    {
        if (limit is { } value && (value <= TimeSpan.Zero || value > SixtyfourClientOptionsValidator.LongestTimeout))
        {
            throw new ArgumentException($"{name} is {value}: it must be more than zero and at most {SixtyfourClientOptionsValidator.LongestTimeout}.", nameof(limit));
        }
    }
}
