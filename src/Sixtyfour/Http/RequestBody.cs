namespace Sixtyfour.Http;

/// <summary>What a request carries: bytes, or a file that is streamed. It is sent anew by each attempt, every time the same bytes.</summary>
internal abstract class RequestBody
{
    public abstract string ContentType { get; }

    /// <summary>In bytes; null sends it in chunks.</summary>
    public abstract long? Length { get; }

    /// <summary>The body says when its last bytes are about to leave, and can be taken back until then. A body that does not is gone once it has begun.</summary>
    public virtual bool HoldsBackItsEnd => false;

    /// <summary>Writes the whole body. It may be called more than once, also at the same time.</summary>
    public abstract Task WriteAsync(Stream stream, IDeparture departure, CancellationToken cancellationToken);

    public static implicit operator RequestBody(ReadOnlyMemory<byte> json) => new Json(json);

    private sealed class Json(ReadOnlyMemory<byte> json) : RequestBody
    {
        public override string ContentType => "application/json";

        public override long? Length => json.Length;

        // A handful of bytes leaves at once: what could be withdrawn has gone already.
        public override Task WriteAsync(Stream stream, IDeparture departure, CancellationToken cancellationToken) =>
            stream.WriteAsync(json, CancellationToken.None).AsTask();
    }
}

/// <summary>What a long body tells while it leaves.</summary>
internal interface IDeparture
{
    /// <summary>Some bytes have left.</summary>
    void Moved();

    /// <summary>Without the bytes that come now nothing can be accepted.</summary>
    /// <exception cref="OperationCanceledException">The body was taken back.</exception>
    void BeforeLastBytes();

    /// <summary>Everything has left.</summary>
    void Left();

    /// <summary>The body cannot be read; what has left of it cannot be accepted.</summary>
    void SourceFailed(Exception failure);
}
