using Sixtyfour.Emulator.Jobs;

namespace Sixtyfour.Emulator;

/// <summary>A job that was started on the emulator. It ends by itself when its run time is over, or by hand.</summary>
public sealed class EmulatorJob
{
    private readonly JobBook _book;

    internal EmulatorJob(JobBook book, Work work, string id, DateTimeOffset startedAt, TimeSpan runTime)
    {
        _book = book;
        (Id, Work, StartedAt, RunTime) = (id, work, startedAt, runTime);
    }

    /// <summary>The id that the answer to the start named.</summary>
    public string Id { get; }

    /// <summary>The path it was started at.</summary>
    public string Path => Work.Path;

    /// <summary>The kind of work as the service writes it.</summary>
    public string TaskType => Work.TaskType;

    /// <summary>How many rows were uploaded; null for research on one person.</summary>
    public int? Rows => Work.Rows;

    /// <summary>When it was started, on the emulator's clock.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How long it runs unless it is ended by hand.</summary>
    public TimeSpan RunTime { get; }

    /// <summary>When it ended, on the emulator's clock; null while it is open.</summary>
    public DateTimeOffset? FinishedAt => _book.Look(this).EndedAt;

    /// <summary>Where it stands now.</summary>
    public JobStatus Status => _book.Look(this).Status;

    /// <summary>What it has cost: the price of its tier, or nothing once it has failed or was cancelled.</summary>
    public decimal ChargeCents => _book.Look(this).ChargeCents;

    /// <summary>What a failed job says about its failure.</summary>
    public string? Error => _book.Look(this).Error;

    internal Work Work { get; }

    internal DateTimeOffset DueAt => StartedAt + RunTime;

    /// <summary>Guarded by the book.</summary>
    internal Ending? Ending { get; set; }

    /// <summary>Called when it ends, under the book's lock.</summary>
    internal Action? OnEnding { get; set; }

    /// <summary>Ends the job now, with its result.</summary>
    /// <exception cref="InvalidOperationException">The job has ended already.</exception>
    public void Complete() => _book.End(this, JobStatus.Completed, null);

    /// <summary>Ends the job now as failed; its charge is given back.</summary>
    /// <param name="error">What the job says about its failure.</param>
    /// <exception cref="InvalidOperationException">The job has ended already.</exception>
    public void Fail(string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        _book.End(this, JobStatus.Failed, error);
    }

    /// <summary>Ends the job now as cancelled; its charge is given back. The service documents no way to do this for single jobs.</summary>
    /// <exception cref="InvalidOperationException">The job has ended already.</exception>
    public void Cancel() => _book.End(this, Ending.Cancelled, null);

    /// <summary>The share of its time that has passed, 0 to 1.</summary>
    internal double ShareDone(DateTimeOffset now) => RunTime == TimeSpan.Zero ? 1 : Math.Clamp((now - StartedAt) / RunTime, 0, 1);

    /// <summary>Id and kind; never a result.</summary>
    public override string ToString() => $"{TaskType} {Id}";
}
