using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Benchmarks.ManyJobs;

internal enum Window
{
    /// <summary>The last 60 seconds, at every moment.</summary>
    Sliding,

    /// <summary>Minutes that follow one another, of a phase nobody knows.</summary>
    Fixed,
}

/// <summary>The service's rate limit: 500 requests a minute; refused ones do not count.</summary>
internal sealed class Service(World world, Window window, bool sendsHeaders)
{
    public const int Limit = 500;
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Queue<TimeSpan> _admitted = new();
    private readonly TimeSpan _phase = TimeSpan.FromSeconds(world.Random.NextDouble() * 60);
    private TimeSpan _windowEnd = TimeSpan.MinValue;

    public bool Admit(out RateLimitHeaders? notice)
    {
        Forget();
        var isAdmitted = _admitted.Count < Limit;
        if (isAdmitted)
        {
            _admitted.Enqueue(world.Now);
        }

        var reset = window is Window.Fixed ? _windowEnd : _admitted.Peek() + Minute;
        notice = sendsHeaders
            ? new(Limit, Limit - _admitted.Count, Epoch.AddSeconds(Math.Ceiling(reset.TotalSeconds)), Epoch.AddSeconds(Math.Floor(world.Now.TotalSeconds)))
            : null;
        return isAdmitted;
    }

    private void Forget()
    {
        if (window is Window.Sliding)
        {
            while (_admitted.TryPeek(out var oldest) && oldest + Minute <= world.Now)
            {
                _admitted.Dequeue();
            }

            return;
        }

        if (world.Now >= _windowEnd)
        {
            _admitted.Clear();
            var minutes = Math.Floor((world.Now - _phase) / Minute) + 1;
            _windowEnd = _phase + (minutes * Minute);
        }
    }
}
