using System.Net;
using System.Net.Http.Headers;

namespace Sixtyfour.Http;

/// <summary>
/// A request body that knows whether it has begun to leave. Before that nothing can have been accepted; it is the only sign that means the same on every
/// target and behind every handler.
/// </summary>
internal sealed class SentContent : HttpContent
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Withdrawn = 2;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly bool _mayBeRepeated;
    private int _state;
    private int _sends;

    public SentContent(ReadOnlyMemory<byte> body, bool mayBeRepeated)
    {
        _body = body;
        _mayBeRepeated = mayBeRepeated;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool HasBegun => Volatile.Read(ref _state) is Begun;

    /// <summary>Takes the body back. False when it has begun to leave.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) is not Begun;

    /// <summary>Whether a handler may send this: always, for the first time, or as long as nothing has left.</summary>
    public bool MayBeSent() => Interlocked.Increment(ref _sends) is 1 || _mayBeRepeated || !HasBegun;

    // The overload with a token ends here on every target, so one override sees every serialization.
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        switch (Interlocked.CompareExchange(ref _state, Begun, Waiting))
        {
            case Withdrawn:
                throw new OperationCanceledException("The call was cancelled before its body began to leave.");
            case Begun when !_mayBeRepeated:
                throw new ResendRefusedException();
            default:
                return stream.WriteAsync(_body, CancellationToken.None).AsTask();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
