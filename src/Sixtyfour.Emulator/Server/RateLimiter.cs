using System.Globalization;

namespace Sixtyfour.Emulator.Server;

/// <summary>Counts the requests of each key on the emulator's clock. Refused requests do not count.</summary>
internal sealed class RateLimiter(TimeProvider clock, EmulatorOptions options)
{
    private const int DocumentedLimit = 500;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> _admitted = new(StringComparer.Ordinal);

    public Verdict Admit(string key)
    {
        if (options.RequestsPerMinute is not { } limit)
        {
            return new Verdict(true, []);
        }

        lock (_admitted)
        {
            if (!_admitted.TryGetValue(key, out var times))
            {
                _admitted[key] = times = new();
            }

            var now = clock.GetUtcNow();
            ForgetWhatHasPassed(times, now);
            var isAdmitted = times.Count < limit;
            if (isAdmitted)
            {
                times.Enqueue(now);
            }

            var reset = times.Peek() + Minute;
            return new Verdict(isAdmitted, Headers(limit, limit - times.Count, reset)) { RetryAfter = reset - now };
        }
    }

    /// <summary>The headers of a refusal that was injected, so that nothing had to be counted for it.</summary>
    public IReadOnlyList<(string Name, string Value)> HeadersOfRefusal(TimeSpan? wait) =>
        Headers(options.RequestsPerMinute ?? DocumentedLimit, 0, clock.GetUtcNow() + (wait ?? TimeSpan.FromSeconds(1)));

    public void Clear()
    {
        lock (_admitted)
        {
            _admitted.Clear();
        }
    }

    private void ForgetWhatHasPassed(Queue<DateTimeOffset> times, DateTimeOffset now)
    {
        if (options.RateLimitWindow is RateLimitWindow.Fixed)
        {
            // The window began with the oldest request that is remembered, and ends for all of them together.
            if (times.TryPeek(out var begin) && now >= begin + Minute)
            {
                times.Clear();
            }

            return;
        }

        while (times.TryPeek(out var oldest) && now >= oldest + Minute)
        {
            times.Dequeue();
        }
    }

    private (string, string)[] Headers(int limit, int remaining, DateTimeOffset reset) => !options.SendsRateLimitHeaders ? [] :
    [
        ("X-RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Remaining", remaining.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Reset", Math.Ceiling((reset - DateTimeOffset.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture)),
    ];

    internal readonly record struct Verdict(bool IsAdmitted, IReadOnlyList<(string Name, string Value)> Headers)
    {
        public TimeSpan RetryAfter { get; init; }
    }
}
