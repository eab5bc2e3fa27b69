using System.Collections.Concurrent;

namespace Sixtyfour.FaultCampaign;

/// <summary>What was counted over all cases.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _jobs = new(StringComparer.Ordinal);
    private long _requests;
    private long _charges;
    private long _cents;
    private long _kills;

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Paid sends that the service has taken on.</summary>
    public long Charges => Interlocked.Read(ref _charges);

    public long Cents => Interlocked.Read(ref _cents);

    public long Kills => Interlocked.Read(ref _kills);

    public IReadOnlyCollection<string> Jobs => [.. _jobs.Keys];

    public IReadOnlyDictionary<string, int> Faults => _faults;

    public void Request() => Interlocked.Increment(ref _requests);

    public void Fault(string name) => _faults.AddOrUpdate(name, 1, (_, count) => count + 1);

    public void Kill() => Interlocked.Increment(ref _kills);

    public void Charge(int cents, string? jobId)
    {
        Interlocked.Increment(ref _charges);
        Interlocked.Add(ref _cents, cents);
        if (jobId is not null)
        {
            _jobs.TryAdd(jobId, 0);
        }
    }

    public void GiveBack(int cents) => Interlocked.Add(ref _cents, -cents);
}
