namespace Sixtyfour.Http;

/// <summary>Which time limits apply to a request.</summary>
internal enum TimeoutKind
{
    /// <summary>Answered at once: job starts, polls, lookups.</summary>
    Quick,

    /// <summary>Silent until an agent has finished.</summary>
    Agent,

    /// <summary>As long as bytes move.</summary>
    Transfer,
}

/// <summary>The limits of one call: the client's for its kind, unless the call sets its own.</summary>
internal readonly record struct CallLimits(TimeSpan Attempt, TimeSpan Total, int MaxRetries)
{
    /// <summary>How long an idempotency key is assumed to be valid: a later retry could start a second job.</summary>
    public static readonly TimeSpan TransferTotal = TimeSpan.FromHours(24);

    /// <summary>How long a transfer may go without a byte; null for what is not a transfer.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>How long the answer to an upload may take, once its last byte was sent.</summary>
    public TimeSpan Answer { get; init; }

    public static CallLimits For(TimeoutKind kind, SixtyfourClientOptions client, RequestOptions? call)
    {
        Check(call);
        var (attempt, total) = kind switch
        {
            TimeoutKind.Agent => (client.AgentAttemptTimeout, client.AgentTotalTimeout),
            // Idleness ends an attempt; a slow one that moves may take what the call may take.
            TimeoutKind.Transfer => (TransferTotal, TransferTotal),
            _ => (client.QuickAttemptTimeout, client.QuickTotalTimeout),
        };
        attempt = call?.AttemptTimeout ?? attempt;
        // An attempt that was given more time is not cut short by a limit that the caller did not set.
        total = call?.TotalTimeout ?? (attempt > total ? attempt : total);
        return new(attempt, total, call?.MaxRetries ?? client.Retry.MaxRetries)
        {
            Idle = kind is TimeoutKind.Transfer ? client.TransferIdleTimeout : null,
            Answer = call?.AttemptTimeout ?? client.QuickAttemptTimeout,
        };
    }

    /// <summary>For a download: idleness ends an attempt, and a file that grows may take as long as it needs.</summary>
    public static CallLimits ForDownload(SixtyfourClientOptions client) =>
        new(client.TransferIdleTimeout, ClientSettings.LongestTimeout, client.Retry.MaxRetries);

    private static void Check(RequestOptions? call)
    {
        if (call is null)
        {
            return;
        }

        var problem = (call.AttemptTimeout is { } attempt ? ClientSettings.TimeoutProblem(nameof(call.AttemptTimeout), attempt) : null)
            ?? (call.TotalTimeout is { } total ? ClientSettings.TimeoutProblem(nameof(call.TotalTimeout), total) : null)
            ?? (call.MaxRetries is { } retries ? ClientSettings.RetriesProblem(nameof(call.MaxRetries), retries) : null);
        if (problem is not null)
        {
            throw new ArgumentException(problem, nameof(call));
        }
    }
}
