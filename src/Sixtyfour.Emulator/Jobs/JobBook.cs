using System.Globalization;
using Sixtyfour.Emulator.Billing;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Jobs;

/// <summary>All work that was accepted. Needs no timers: what was due is ended when somebody looks, as of the moment it was due.</summary>
internal sealed class JobBook(TimeProvider clock, Account account, EmulatorOptions options)
{
    private static readonly TimeSpan LongestPending = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly Dictionary<string, EmulatorJob> _byId = new(StringComparer.Ordinal);
    private readonly List<EmulatorJob> _inOrder = [];
    private readonly PriorityQueue<EmulatorJob, DateTimeOffset> _open = new();
    private readonly Dictionary<string, int> _timesSeen = new(StringComparer.Ordinal);
    private int _idsGiven;

    /// <summary>Takes the charge and begins the work; null when the balance does not cover it.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="fingerprint">The same for the same request: decides the run time.</param>
    /// <param name="canBePolled">False for a synchronous call, which has no id.</param>
    public EmulatorJob? Begin(Work work, string fingerprint, bool canBePolled)
    {
        var runTime = (options.RunTime ?? (work.IsQuick
            ? RunTimes.Quick
            : RunTimes.LogNormal))(Dice.For(options.Seed, "run time", fingerprint, CountOf(fingerprint))) + work.MoreTime;
        if (!account.TryCharge(work.PriceCents))
        {
            return null;
        }

        lock (_gate)
        {
            var job = new EmulatorJob(this, work, NextId(), clock.GetUtcNow(), runTime > TimeSpan.Zero ? runTime : TimeSpan.Zero);
            _open.Enqueue(job, job.DueAt);
            if (canBePolled)
            {
                _byId.Add(job.Id, job);
                _inOrder.Add(job);
            }

            return job;
        }
    }

    public EmulatorJob? Find(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    public IReadOnlyList<EmulatorJob> All()
    {
        lock (_gate)
        {
            return _inOrder.ToArray().AsReadOnly();
        }
    }

    public JobState Look(EmulatorJob job)
    {
        lock (_gate)
        {
            EndWhatIsDue();
            if (job.Ending is { } ending)
            {
                return new(ending.Status, ending.At, ending.Status.IsSuccess ? job.Work.PriceCents : 0, ending.Error);
            }

            return new(IsPending(job) ? JobStatus.Pending : JobStatus.Running, null, job.Work.PriceCents, null);
        }
    }

    public void End(EmulatorJob job, JobStatus status, string? error)
    {
        lock (_gate)
        {
            EndWhatIsDue();
            if (job.Ending is { } ending)
            {
                throw new InvalidOperationException($"Job {job.Id} has ended already, as {ending.Status}.");
            }

            SetEnding(job, status, clock.GetUtcNow(), error);
        }
    }

    /// <summary>Brings the account up to date with everything that has ended by now.</summary>
    public void CatchUp()
    {
        lock (_gate)
        {
            EndWhatIsDue();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            ReleaseFiles();
            // Ended, because whoever still follows one of them would otherwise wait for an end that nobody brings about.
            var now = clock.GetUtcNow();
            foreach (var (job, _) in _open.UnorderedItems)
            {
                if (job.Ending is null)
                {
                    job.Ending = new Ending(Ending.Cancelled, now, null);
                    job.OnEnding?.Invoke();
                }
            }

            _byId.Clear();
            _inOrder.Clear();
            _open.Clear();
            _timesSeen.Clear();
        }
    }

    /// <summary>Lets go of what jobs keep on disk.</summary>
    public void ReleaseFiles()
    {
        lock (_gate)
        {
            _inOrder.ForEach(job => job.Work.Dispose());
        }
    }

    private bool IsPending(EmulatorJob job)
    {
        var pending = job.RunTime / 10 < LongestPending ? job.RunTime / 10 : LongestPending;
        return job.Work.BeginsPending && clock.GetUtcNow() < job.StartedAt + pending;
    }

    private void EndWhatIsDue()
    {
        var now = clock.GetUtcNow();
        while (_open.TryPeek(out var job, out var due) && due <= now)
        {
            _open.Dequeue();
            if (job.Ending is null)
            {
                SetEnding(job, job.Work.Error is null ? JobStatus.Completed : JobStatus.Failed, due, job.Work.Error);
            }
        }
    }

    private void SetEnding(EmulatorJob job, JobStatus status, DateTimeOffset at, string? error)
    {
        job.Ending = new Ending(status, at, error);
        if (!status.IsSuccess)
        {
            account.GiveBack(job.Work.PriceCents);
        }

        job.OnEnding?.Invoke();
    }

    private string CountOf(string fingerprint)
    {
        lock (_gate)
        {
            var count = _timesSeen[fingerprint] = _timesSeen.GetValueOrDefault(fingerprint) + 1;
            return count.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string NextId() => Dice.Guid(options.Seed, "job", $"{++_idsGiven}").ToString();
}
