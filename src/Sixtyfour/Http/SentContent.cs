using System.Net;
using System.Net.Http.Headers;

namespace Sixtyfour.Http;

/// <summary>
/// A request body that knows whether it has begun to leave. Before that nothing can have been accepted; it is the only sign that means the same on every
/// target and behind every handler.
/// </summary>
internal sealed class SentContent : HttpContent, IDeparture
{
    private const int Waiting = 0;
    private const int Leaving = 1;
    private const int Gone = 2;
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

    /// <summary>A handler has sent it, or a copy of it, once more after it had begun to leave.</summary>
    public bool WasSentAgain => _wasSentAgain;

    /// <summary>What kept the body from being read to its end; the service cannot have accepted this attempt.</summary>
    public Exception? SourceFailure => _sourceFailure;

    /// <summary>Called whenever some bytes of a long body have left.</summary>
    public Action? OnMoved { get; init; }

    /// <summary>Called when the whole of a long body has left.</summary>
    public Action? OnSent { get; init; }

    /// <summary>Takes the body back. False when so much has left that it may be accepted.</summary>
    public bool TryWithdraw()
    {
        var seen = Interlocked.CompareExchange(ref _state, Withdrawn, Waiting);
        if (seen is Leaving)
        {
            seen = Interlocked.CompareExchange(ref _state, Withdrawn, Leaving);
        }

        return seen is not Gone;
    }

    /// <summary>Whether a handler may send this: always, for the first time, or as long as nothing has left.</summary>
    public bool MayBeSent()
    {
        if (Interlocked.Increment(ref _sends) is 1 || !HasBegun)
        {
            return true;
        }

        _wasSentAgain |= _mayBeRepeated;
        return _mayBeRepeated;
    }

    /// <summary>A body that a handler made instead of this one leaves now: nothing tells when, so this one counts as gone.</summary>
    /// <exception cref="OperationCanceledException">The body was taken back.</exception>
    public void LeavesAsCopy()
    {
        if (Interlocked.CompareExchange(ref _state, Gone, Waiting) is Leaving)
        {
            Interlocked.CompareExchange(ref _state, Gone, Leaving);
        }

        if (Volatile.Read(ref _state) is Withdrawn)
        {
            throw TakenBack();
        }

        _hasBegun = true;
    }

    void IDeparture.Moved() => OnMoved?.Invoke();

    void IDeparture.Left() => OnSent?.Invoke();

    void IDeparture.SourceFailed(Exception failure) => _sourceFailure = failure;

    void IDeparture.BeforeLastBytes()
    {
        if (Interlocked.CompareExchange(ref _state, Gone, Leaving) is Withdrawn)
        {
            throw TakenBack();
        }
    }

    // The overload with a token ends here on every target, so one override sees every serialization.
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        switch (Interlocked.CompareExchange(ref _state, _body.HoldsBackItsEnd ? Leaving : Gone, Waiting))
        {
            case Withdrawn:
                throw TakenBack();
            case Leaving or Gone when !_mayBeRepeated:
                throw new ResendRefusedException();
            case var state:
                _wasSentAgain |= state is not Waiting;
                _hasBegun = true;
                return _body.WriteAsync(stream, this, _attempt);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }

    private static OperationCanceledException TakenBack() => new("The call was cancelled before its body had left.");
}
