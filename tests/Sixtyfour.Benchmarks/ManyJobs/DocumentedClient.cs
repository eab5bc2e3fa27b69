namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>The vendor's sample: submit all, ask about each every 10 seconds, on 429 wait 1, 2 and 4 seconds and then give up; or never give up.</summary>
internal sealed class DocumentedClient
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private const int Tries = 3;

    private readonly World _world;
    private readonly Service _service;
    private readonly bool _givesUp;

    public DocumentedClient(World world, Service service, TimeSpan[] runTimes, bool givesUp)
    {
        (_world, _service, _givesUp) = (world, service, givesUp);
        Tally = new(runTimes.Length);
        for (var i = 0; i < runTimes.Length; i++)
        {
            var runTime = runTimes[i];
            world.In(TimeSpan.FromMilliseconds(i), () => Send(0, finished: null, () => _world.Now + runTime));
        }
    }

    public Tally Tally { get; }

    private void Send(int attempt, TimeSpan? finished, Func<TimeSpan> serve)
    {
        Tally.Requests++;
        _world.In(_world.Latency(), () =>
        {
            var isAdmitted = _service.Admit(out _);
            var answer = isAdmitted ? serve() : default;
            _world.In(_world.Latency(), () =>
            {
                if (!isAdmitted)
                {
                    Refused(attempt, finished, serve);
                }
                else if (finished is { } end && answer >= end)
                {
                    Tally.Seen(_world.Now, end);
                }
                else
                {
                    var end2 = finished ?? answer;
                    _world.In(Pace, () => Send(0, end2, () => _world.Now));
                }
            });
        });
    }

    private void Refused(int attempt, TimeSpan? finished, Func<TimeSpan> serve)
    {
        Tally.Rejected++;
        if (_givesUp && attempt >= Tries)
        {
            Tally.Lost++;
            return;
        }

        _world.In(TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, attempt)) * (0.5 + _world.Random.NextDouble())), () => Send(attempt + 1, finished, serve));
    }
}
