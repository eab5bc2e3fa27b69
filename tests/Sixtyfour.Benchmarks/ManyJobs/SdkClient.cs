using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Jobs.Polling;

namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>A batch run by the SDK's own rate limiter and poll queue; only network and clock are modelled.</summary>
internal sealed class SdkClient
{
    private const int MaxInFlight = 5_000;

    private readonly World _world;
    private readonly Service _service;
    private readonly TimeSpan[] _runTimes;
    private readonly RequestLimit _budget;
    private readonly PollQueue _queue;
    private readonly Queue<int> _unsubmitted;
    private int _starting;
    private long _wake;

    public SdkClient(World world, Service service, TimeSpan[] runTimes)
    {
        (_world, _service, _runTimes) = (world, service, runTimes);
        var random = new Random(world.Random.Next());
        _budget = new(Service.Limit, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.NextDouble() * 4 - 2), random.NextDouble);
        _queue = new(random.NextDouble);
        _unsubmitted = new(Enumerable.Range(0, runTimes.Length));
        Tally = new(runTimes.Length);
        world.In(TimeSpan.Zero, Pump);
    }

    public Tally Tally { get; }

    private bool StartWaits => _unsubmitted.Count > 0 && _queue.Open + _starting < MaxInFlight;

    private void Pump()
    {
        while (!Tally.IsOver)
        {
            var step = _queue.Next(_world.Now, StartWaits, _budget.RatePerMinute(_world.Now));
            if (step.Action is PollAction.Wait)
            {
                WakeAt(step.Until);
                return;
            }

            if (_budget.TryTake(_world.Now, isAgentCall: false, out var askAgain) is not { } turn)
            {
                WakeAt(askAgain);
                return;
            }

            _queue.Take(step);
            Tally.Requests++;
            if (step.Job is SimulatedJob job)
            {
                Poll(turn, job);
            }
            else
            {
                _starting++;
                Start(turn, _unsubmitted.Dequeue());
            }
        }
    }

    private void WakeAt(TimeSpan time)
    {
        var wake = ++_wake;
        if (time == TimeSpan.MaxValue)
        {
            return;
        }

        _world.At(time, () =>
        {
            if (wake == _wake)
            {
                Pump();
            }
        });
    }

    private void Start(Slot turn, int index) => Send(turn, () => _runTimes[index], runTime =>
    {
        _starting--;
        var started = _world.Now;
        _queue.Add(new SimulatedJob(started, started + runTime), "", _world.Now, _world.Now);
    }, () =>
    {
        _starting--;
        _unsubmitted.Enqueue(index);
    });

    private void Poll(Slot turn, SimulatedJob job)
    {
        var asked = _world.Now;
        Send(turn, () => _world.Now, looked =>
        {
            if (looked >= job.Finished)
            {
                Tally.Seen(_world.Now, job.Finished);
                _queue.Finished(job, _world.Now, isSuccess: true);
            }
            else
            {
                _queue.Unfinished(job, asked);
            }
        }, () => _queue.Failed(job, _world.Now + TimeSpan.FromSeconds(1)));
    }

    private void Send<T>(Slot turn, Func<T> serve, Action<T> answered, Action refused) => _world.In(_world.UntilSent(), () =>
    {
        _budget.Sent(turn, _world.Now);
        _world.In(_world.Latency(), () => Arrive(turn, serve, answered, refused));
    });

    private void Arrive<T>(Slot turn, Func<T> serve, Action<T> answered, Action refused)
    {
        var isAdmitted = _service.Admit(out var notice);
        var answer = isAdmitted ? serve() : default!;
        _world.In(_world.Latency(), () =>
        {
            if (isAdmitted)
            {
                _budget.Accepted(turn, _world.Now, notice);
                answered(answer);
            }
            else
            {
                Tally.Rejected++;
                _budget.Refused(turn, _world.Now, notice, null);
                refused();
            }

            Pump();
        });
    }

    private sealed class SimulatedJob(TimeSpan started, TimeSpan finished) : QueuedJob
    {
        public TimeSpan Started { get; } = started;

        public TimeSpan Finished { get; } = finished;
    }
}
