namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>
/// Knows the service's window and when each job ends: starts all as early as the limit lets it, then asks once about each, as soon as it has ended.
/// </summary>
internal static class Oracle
{
    public static Tally Run(World world, Window window, TimeSpan[] runTimes, int otherPerMinute)
    {
        var tally = new Tally(runTimes.Length);
        var arrivals = new Arrivals(window, world.Random.NextDouble() * 60, Service.Limit - otherPerMinute);
        var finished = new double[runTimes.Length];
        for (var i = 0; i < runTimes.Length; i++)
        {
            finished[i] = arrivals.Next(world.Latency().TotalSeconds) + runTimes[i].TotalSeconds;
        }

        Array.Sort(finished);
        foreach (var end in finished)
        {
            var looked = arrivals.Next(end);
            tally.Seen(TimeSpan.FromSeconds(looked + world.Latency().TotalSeconds), TimeSpan.FromSeconds(end));
        }

        tally.Requests = 2 * runTimes.Length;
        return tally;
    }

    private sealed class Arrivals(Window window, double phase, int limit)
    {
        private readonly Queue<double> _lately = new();
        private double _last;
        private double _windowEnd = phase;

        /// <summary>The earliest moment from <paramref name="earliest"/> on at which one more request is let in.</summary>
        public double Next(double earliest)
        {
            var at = Math.Max(earliest, _last);
            if (window is Window.Sliding)
            {
                if (_lately.Count == limit)
                {
                    at = Math.Max(at, _lately.Dequeue() + 60);
                }
            }
            else
            {
                if (at < _windowEnd && _lately.Count == limit)
                {
                    at = _windowEnd;
                }

                while (at >= _windowEnd)
                {
                    _lately.Clear();
                    _windowEnd += 60;
                }
            }

            _lately.Enqueue(at);
            return _last = at;
        }
    }
}
