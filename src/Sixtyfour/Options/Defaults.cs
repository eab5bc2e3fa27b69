namespace Sixtyfour;

/// <summary>Every default of the client in one place; the documentation quotes these figures.</summary>
internal static class Defaults
{
    public static readonly Uri Endpoint = new("https://api.sixtyfour.ai");

    // A synchronous call is silent until the agent has finished, and the vendor asks for at least 15 minutes.
    public static readonly TimeSpan AgentAttemptTimeout = TimeSpan.FromSeconds(930);
    public static readonly TimeSpan AgentTotalTimeout = TimeSpan.FromMinutes(20);
    public static readonly TimeSpan QuickAttemptTimeout = TimeSpan.FromSeconds(100);
    public static readonly TimeSpan QuickTotalTimeout = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan TransferIdleTimeout = TimeSpan.FromSeconds(60);

    // As long as an idempotency key is taken to live: a later retry could be a second job.
    public static readonly TimeSpan TransferTotalTimeout = TimeSpan.FromHours(24);

    public const int MaxRetries = 4;
    public static readonly TimeSpan BaseDelay = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(60);

    public const int RequestsPerMinute = 500;
    public const int BulkSubmissionsPerMinute = 10;

    // What the limit lets start within the longest documented run of a job, 10 minutes.
    public const int ManyInFlight = 5_000;

    public const int MaxAnswerBytes = 64 * 1024 * 1024;
    public const int MaxErrorBytes = 64 * 1024;
}
