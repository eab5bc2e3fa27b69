using System.Runtime;

namespace Sixtyfour.Emulator.Clocks;

/// <summary>Signs that somebody in this process is computing: code gets compiled, memory allocated, the thread pool has work.</summary>
/// <remarks>They may come from something that has nothing to do with the emulator, so they are heeded only for so long.</remarks>
internal sealed class Bustle(TimeProvider real, TimeSpan settlePeriod)
{
    // A first call compiles its code, which takes long on a loaded machine, but only once.
    private readonly TimeSpan _patienceWithCompiling = settlePeriod * 250;
    private readonly TimeSpan _patience = settlePeriod * 25;

    private long _begun;
    private long _methodsCompiled;
    private long _bytesAllocated;
    private int _workersBlocked;

    public void Begin()
    {
        _begun = real.GetTimestamp();
        _methodsCompiled = JitInfo.GetCompiledMethodCount();
        _bytesAllocated = GC.GetTotalAllocatedBytes();
    }

    /// <summary>Whether there was any sign since the last look.</summary>
    public bool IsSeen()
    {
        var waited = real.GetElapsedTime(_begun);
        var isCompiling = HasChanged(ref _methodsCompiled, JitInfo.GetCompiledMethodCount());
        var isAllocating = HasChanged(ref _bytesAllocated, GC.GetTotalAllocatedBytes());
        var isPoolBusy = IsPoolBusy(isPatient: waited < _patience);
        return (isCompiling && waited < _patienceWithCompiling) || ((isAllocating || isPoolBusy) && waited < _patience);
    }

    // Workers that never come to rest are blocked by somebody who waits for the clock: after one long look they count no more.
    private bool IsPoolBusy(bool isPatient)
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        var working = most - available;
        if (!isPatient || working < _workersBlocked)
        {
            _workersBlocked = working;
        }

        return working > _workersBlocked || ThreadPool.PendingWorkItemCount > 0;
    }

    private static bool HasChanged(ref long seen, long now)
    {
        var hasChanged = seen != now;
        seen = now;
        return hasChanged;
    }
}
