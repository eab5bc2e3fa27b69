namespace Sixtyfour.Jobs.Polling;

/// <summary>An open job as the queue sees it. Its fields belong to the queue, which keeps them small: there may be 100,000.</summary>
internal abstract class QueuedJob
{
    public JobRuns? Kind { get; set; }

    /// <summary>Whether <see cref="Start"/> is more than the moment the wait began; only then the job says how long its kind runs.</summary>
    public bool KnowsStart { get; set; }

    /// <summary>When the job began, as far as is known.</summary>
    public TimeSpan Start { get; set; }

    /// <summary>When it was last seen unfinished; its start, until it was polled.</summary>
    public TimeSpan LastPoll { get; set; }

    /// <summary>The key in <see cref="Heap"/>.</summary>
    public TimeSpan DueAt { get; set; }

    public QueuedJobState State { get; set; }

    /// <summary>A caller waits for this very job, rather than for a batch it belongs to.</summary>
    public bool IsSingleWait { get; set; }

    public bool ExpectsWebhook { get; set; }

    /// <summary>A notification came, though the status may not show the end yet.</summary>
    public bool IsNotified { get; set; }

    /// <summary>A notification came while the job was being polled.</summary>
    public bool IsNotifiedDuringPoll { get; set; }

    /// <summary>Polled like a single wait; counted in what those need of the limit.</summary>
    public bool IsPrompt { get; set; }

    public DueHeap? Heap { get; set; }

    public int HeapIndex { get; set; }
}

internal enum QueuedJobState
{
    /// <summary>Not in the queue.</summary>
    Closed,

    /// <summary>Waits for its next poll.</summary>
    Queued,

    /// <summary>Not to be polled before its time: the last poll failed.</summary>
    Paused,

    /// <summary>Being polled.</summary>
    Polled,
}
