using System.Globalization;
using Sixtyfour.Benchmarks.ManyJobs;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Benchmarks.Sharing;

/// <summary><c>share --model</c>: the same in virtual time, for more processes, seeds and servers than real ones have patience for.</summary>
internal static class ShareModel
{
    private const int Minutes = 20;
    private const int WarmUpMinutes = 3;

    public static void Run(Arguments arguments)
    {
        var seeds = (int)arguments.Number("--seeds", 5);
        foreach (var headers in (bool[])[true, false])
        {
            foreach (var window in (Window[])[Window.Sliding, Window.Fixed])
            {
                foreach (var processes in (int[])[1, 2, 4, 8])
                {
                    var runs = Enumerable.Range(1, seeds).Select(seed => Run(processes, window, headers, seed)).ToList();
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"model": true, "processes": {{processes}}, "window": "{{window.ToString().ToLowerInvariant()}}","""
                            + $$""" "headers": {{(headers ? "true" : "false")}}, "use": {{runs.Average(r => r.Use):0.000}},"""
                            + $$""" "refusedShare": {{runs.Average(r => r.Refused):0.0000}}, "leastShareOfFair": {{runs.Average(r => r.Least):0.00}}}"""));
                }
            }
        }
    }

    private static (double Use, double Refused, double Least) Run(int processes, Window window, bool headers, int seed)
    {
        var world = new World(seed);
        var service = new Service(world, window, headers);
        var all = Enumerable.Range(0, processes).Select(_ => new Saturating(world, service, Minutes)).ToList();
        world.RunUntil(() => false, TimeSpan.FromMinutes(Minutes));
        var steady = Enumerable.Range(WarmUpMinutes, Minutes - WarmUpMinutes - 1).ToList();
        var fair = 2.0 * ShareCommand.Limit / processes;
        return (
            steady.Average(m => all.Sum(p => p.Accepted[m])) / ShareCommand.Limit,
            all.Sum(p => p.Refused) / (double)all.Sum(p => p.Refused + p.Accepted.Sum()),
            all.Min(p => steady.Min(m => p.Accepted[m] + p.Accepted[m + 1])) / fair);
    }

    private sealed class Saturating
    {
        private readonly World _world;
        private readonly Service _service;
        private readonly RequestLimit _budget;
        private long _wake;

        public Saturating(World world, Service service, int minutes)
        {
            (_world, _service) = (world, service);
            var random = new Random(world.Random.Next());
            _budget = new(
                ShareCommand.Limit, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds((4 * random.NextDouble()) - 2), random.NextDouble);
            Accepted = new int[minutes + 1];
            world.In(TimeSpan.FromSeconds(random.NextDouble()), Pump);
        }

        public int[] Accepted { get; }

        public int Refused { get; private set; }

        private void Pump()
        {
            TimeSpan askAgain;
            while (_budget.TryTake(_world.Now, isAgentCall: false, out askAgain) is { } ticket)
            {
                _world.In(_world.UntilSent(), () =>
                {
                    _budget.Sent(ticket, _world.Now);
                    _world.In(_world.Latency(), () => Arrive(ticket));
                });
            }

            var wake = ++_wake;
            if (askAgain != TimeSpan.MaxValue)
            {
                _world.At(askAgain, () =>
                {
                    if (wake == _wake)
                    {
                        Pump();
                    }
                });
            }
        }

        private void Arrive(Slot ticket)
        {
            var isAdmitted = _service.Admit(out var notice);
            _world.In(_world.Latency(), () =>
            {
                if (isAdmitted)
                {
                    Accepted[(int)_world.Now.TotalMinutes]++;
                    _budget.Accepted(ticket, _world.Now, notice);
                }
                else
                {
                    Refused++;
                    _budget.Refused(ticket, _world.Now, notice, null);
                }

                Pump();
            });
        }
    }
}
