namespace Sixtyfour.Jobs.Scheduling;

/// <summary>An open job as the schedule sees it. Its fields belong to the schedule, which keeps them small: there may be 100,000.</summary>
internal abstract class ScheduledJob
{
    public RunTimeModel? Model { get; set; }

    /// <summary>Whether <see cref="Start"/> is more than the moment the wait began; only then the model learns from the job.</summary>
    public bool KnowsStart { get; set; }

    /// <summary>When the job began, as far as is known.</summary>
    public TimeSpan Start { get; set; }

    /// <summary>When it was last seen unfinished; its start, while it was not looked at.</summary>
    public TimeSpan LastLook { get; set; }

    /// <summary>When it is to be looked at by pace, or again after a failure.</summary>
    public TimeSpan DueAt { get; set; }

    public ScheduledState State { get; set; }

    /// <summary>Somebody waits for this very job, rather than for a batch it belongs to.</summary>
    public bool IsAttended { get; set; }

    public bool ExpectsWebhook { get; set; }

    /// <summary>News came while it was being asked about.</summary>
    public bool HasNews { get; set; }

    public JobLine? Line { get; set; }

    public ScheduledJob? Previous { get; set; }

    public ScheduledJob? Next { get; set; }

    public DueHeap? Heap { get; set; }

    public int HeapIndex { get; set; }
}

internal enum ScheduledState
{
    /// <summary>Not in the schedule.</summary>
    Closed,

    /// <summary>To be looked at now: age unknown, news, or a pause that is over.</summary>
    Due,

    /// <summary>Waits for its turn by worth or pace.</summary>
    Ready,

    /// <summary>Not to be looked at before its time.</summary>
    Paused,

    /// <summary>Being asked about.</summary>
    Asked,
}
