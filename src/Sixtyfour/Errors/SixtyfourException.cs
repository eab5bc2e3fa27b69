namespace Sixtyfour;

/// <summary>What every failure of this SDK derives from; the type answers "what can I do now?".</summary>
/// <remarks>
/// <see cref="JobId"/> and <see cref="IsSafeToRepeat"/> are the two answers a paid call needs: with an id, resume that job; without one, repeat only when
/// nothing ran. No message holds the API key, personal data or the query of a signed link.
/// </remarks>
/// <param name="message">What happened and what to do about it.</param>
/// <param name="innerException">The failure underneath, if any.</param>
public abstract class SixtyfourException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    private bool? _mayHaveRun;

    /// <summary>The job this is about: it was paid for and can be resumed with <c>GetJob</c>.</summary>
    /// <value><see langword="null"/> when no job is known.</value>
    public string? JobId { get; init; }

    /// <summary>How many times the request was sent, or tried to be.</summary>
    public int Attempts { get; init; }

    /// <summary>One text to paste into a request to the vendor's support: endpoint, time, status, ids and the error. It holds no key, no query and no input.</summary>
    /// <value><see langword="null"/> when no response came.</value>
    public string? SupportDetails { get; internal set; }

    /// <summary>The request that failed so may have been accepted: work may run and be charged. Stamped by what sent it; without a stamp the type tells.</summary>
    internal bool MayHaveRun
    {
        get => _mayHaveRun ?? this is OutcomeUnknownException or InvalidResponseException or ServerErrorException;
        set => _mayHaveRun = value;
    }

    /// <summary>Nothing ran, and the same call may succeed later. Never true beside a <see cref="JobId"/>.</summary>
    public virtual bool IsSafeToRepeat => false;
}
