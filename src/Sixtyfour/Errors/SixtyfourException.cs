namespace Sixtyfour;

/// <summary>The base of all exceptions of this SDK; the type shows what you can do.</summary>
/// <remarks>
/// After a failed paid call check <see cref="JobId"/> and <see cref="IsSafeToRepeat"/>: with an id, resume that job; without one, repeat the call only if
/// nothing ran. No message contains the API key, personal data or the query of a signed link.
/// </remarks>
/// <param name="message">What happened and what to do about it.</param>
/// <param name="innerException">The cause, if any.</param>
public abstract class SixtyfourException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    private bool? _mayHaveRun;

    /// <summary>The job of the failed call: it is paid for, and <c>GetJob</c> resumes it free of charge.</summary>
    /// <value><see langword="null"/> when no job is known.</value>
    public string? JobId { get; init; }

    /// <summary>How many times the SDK tried to send the request.</summary>
    /// <value>0 when it was not sent.</value>
    public int Attempts { get; init; }

    /// <summary>Text for the vendor's support: endpoint, time, status, ids and the error. It contains no key, no query and no input.</summary>
    /// <value><see langword="null"/> when no response came.</value>
    public string? SupportDetails { get; internal set; }

    /// <summary>The failed request may have been accepted: work may run and be charged. Set by the transport; without a value the type decides.</summary>
    internal bool MayHaveRun
    {
        get => _mayHaveRun ?? this is OutcomeUnknownException or InvalidResponseException or ServerErrorException;
        set => _mayHaveRun = value;
    }

    /// <summary>Nothing ran, and the same call may succeed later. Never true together with a <see cref="JobId"/>.</summary>
    public virtual bool IsSafeToRepeat => false;
}
