namespace Sixtyfour.Jobs;

/// <summary>How long to wait before a job is asked about again.</summary>
internal static class PollPace
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan BesideWebhook = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>A seventh of the age, so that a long job is not asked often, and never as much as 10 seconds, so that its end is seen within them.</summary>
    public static TimeSpan Next(TimeSpan age, bool expectsWebhook, double random)
    {
        var pace = TimeSpan.FromTicks(age.Ticks / 7);
        pace = expectsWebhook ? BesideWebhook : pace < Shortest ? Shortest : pace > Longest ? Longest : pace;
        return Spread(pace, random);
    }

    /// <summary>After a look that failed: the service's hint, else 1, 2, 4 … 30 seconds.</summary>
    public static TimeSpan AfterFailure(int failures, TimeSpan? hint, double random)
    {
        var backoff = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 10)));
        return Spread(hint is { } wait && wait > backoff ? wait : backoff < LongestAfterFailure ? backoff : LongestAfterFailure, random);
    }

    // ±10 %, so that jobs started together are not asked about together.
    private static TimeSpan Spread(TimeSpan pace, double random) => TimeSpan.FromTicks((long)(pace.Ticks * (0.9 + (0.2 * random))));
}
