namespace Sixtyfour.Benchmarks.ManyJobs;

/// <summary>Virtual time: what happens, in the order in which it happens.</summary>
internal sealed class World(int seed)
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private long _number;

    public Random Random { get; } = new(seed);

    public TimeSpan Now { get; private set; }

    public void At(TimeSpan time, Action action) => _events.Enqueue(action, (time > Now ? time : Now, _number++));

    public void In(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>One way over the network: 30 to 120 milliseconds.</summary>
    public TimeSpan Latency() => TimeSpan.FromSeconds(0.03 + (0.09 * Random.NextDouble()));

    /// <summary>
    /// From taking a permit to sending: threads change in between, so requests leave in another order than their permits were taken. Up to 10 milliseconds.
    /// </summary>
    public TimeSpan UntilSent() => TimeSpan.FromSeconds(0.01 * Random.NextDouble());

    public void RunUntil(Func<bool> isOver, TimeSpan latest)
    {
        while (!isOver() && _events.TryDequeue(out var action, out var key) && key.At <= latest)
        {
            Now = key.At;
            action();
        }
    }
}
