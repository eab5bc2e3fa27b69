using System.Net;
using System.Net.Http.Headers;

namespace Sixtyfour.Http;

/// <summary>
/// A request body that knows whether sending it has begun. Before that nothing can have been accepted; it is the only sign that means the same on every
/// target and behind every handler.
/// </summary>
internal sealed class SentContent : HttpContent, ISendProgress
{
    private const int Unsent = 0;
    private const int Sending = 1;
    private const int Sent = 2;
    private const int Withdrawn = 3;

    private readonly RequestBody _body;
    private readonly bool _mayBeRepeated;
    private readonly CancellationToken _attempt;
    private volatile bool _hasBegun;
    private volatile bool _wasSentAgain;
    private volatile Exception? _sourceFailure;
    private int _state;
    private int _sends;

    public SentContent(RequestBody body, bool mayBeRepeated, CancellationToken attempt)
    {
        _body = body;
        _mayBeRepeated = mayBeRepeated;
        _attempt = attempt;
        Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
    }

    public bool HasBegun => _hasBegun;

    public bool MayBeRepeated => _mayBeRepeated;

    /// <summary>A handler has sent it, or a copy of it, again after sending had begun.</summary>
    public bool WasSentAgain => _wasSentAgain;

    /// <summary>What kept the body from being read to its end; the service cannot have accepted this attempt.</summary>
    public Exception? SourceFailure => _sourceFailure;

    /// <summary>Called whenever some bytes of a long body were sent.</summary>
    public Action? OnMoved { get; init; }

    /// <summary>Called when all of a long body was sent.</summary>
    public Action? OnSent { get; init; }

    /// <summary>Withdraws the body. False when so much was sent that it may be accepted.</summary>
    public bool TryWithdraw()
    {
        var seen = Interlocked.CompareExchange(ref _state, Withdrawn, Unsent);
        if (seen is Sending)
        {
            seen = Interlocked.CompareExchange(ref _state, Withdrawn, Sending);
        }

        return seen is not Sent;
    }

    /// <summary>Whether a handler may send this: the first time, and as long as nothing was sent.</summary>
    public bool MayBeSent()
    {
        if (Interlocked.Increment(ref _sends) is 1 || !HasBegun)
        {
            return true;
        }

        _wasSentAgain |= _mayBeRepeated;
        return _mayBeRepeated;
    }

    /// <summary>A body that a handler made in place of this one is sent now. Nothing reports when, so this one counts as sent.</summary>
    /// <exception cref="OperationCanceledException">The body was withdrawn.</exception>
    public void MarkSentAsCopy()
    {
        if (Interlocked.CompareExchange(ref _state, Sent, Unsent) is Sending)
        {
            Interlocked.CompareExchange(ref _state, Sent, Sending);
        }

        if (Volatile.Read(ref _state) is Withdrawn)
        {
            throw WithdrawnException();
        }

        _hasBegun = true;
    }

    void ISendProgress.Moved() => OnMoved?.Invoke();

    void ISendProgress.Sent() => OnSent?.Invoke();

    void ISendProgress.SourceFailed(Exception failure) => _sourceFailure = failure;

    void ISendProgress.BeforeLastBytes()
    {
        if (Interlocked.CompareExchange(ref _state, Sent, Sending) is Withdrawn)
        {
            throw WithdrawnException();
        }
    }

    // The overload with a token ends here on every target, so one override sees every serialization.
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        switch (Interlocked.CompareExchange(ref _state, _body.HoldsBackItsEnd ? Sending : Sent, Unsent))
        {
            case Withdrawn:
                throw WithdrawnException();
            case Sending or Sent when !_mayBeRepeated:
                throw new ResendRefusedException();
            case var state:
                _wasSentAgain |= state is not Unsent;
                _hasBegun = true;
                return _body.WriteAsync(stream, this, _attempt);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }

    private static OperationCanceledException WithdrawnException() => new("The call was canceled before its body was sent.");
}
