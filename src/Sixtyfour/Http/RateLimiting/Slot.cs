namespace Sixtyfour.Http.RateLimiting;

/// <summary>The right to send one request, and what has become of it.</summary>
internal sealed class Slot(bool isAgentCall)
{
    /// <summary>Silent for minutes when all is well.</summary>
    public bool IsAgentCall { get; } = isAgentCall;

    public SlotState State { get; set; }

    /// <summary>Counts the requests sent; orders answers by when their requests left.</summary>
    public long Number { get; set; }

    public TimeSpan SentAt { get; set; }

    /// <summary>Known once the service must have counted the request.</summary>
    public TimeSpan FreeAt { get; set; }

    /// <summary>How many of the slots ever taken were free again when the request left.</summary>
    public long FreeBefore { get; set; }

    /// <summary>Sent, not answered, and not so long ago that it must have been let in.</summary>
    public bool IsPending { get; set; }

    /// <summary>Let in, for all that is known.</summary>
    public bool IsAccepted { get; set; }
}

internal enum SlotState
{
    /// <summary>Taken, not sent.</summary>
    Reserved,

    /// <summary>Its body is on the way; when it will have been sent is unknown.</summary>
    Uploading,

    /// <summary>Sent; the service may not have counted it yet.</summary>
    Flying,

    /// <summary>Counted by now; holds its slot for a minute.</summary>
    Counted,

    /// <summary>The slot is free again.</summary>
    Free,
}
