namespace Sixtyfour.Http;

/// <summary>The body of a request: bytes, or a file that is streamed. Each attempt sends the same bytes again.</summary>
internal abstract class RequestBody
{
    public abstract string ContentType { get; }

    /// <summary>In bytes; null sends it in chunks.</summary>
    public abstract long? Length { get; }

    /// <summary>The body reports when its last bytes follow, and can be withdrawn until then. Any other body counts as sent once sending has begun.</summary>
    public virtual bool HoldsBackItsEnd => false;

    /// <summary>Writes the whole body. It may be called more than once, also at the same time.</summary>
    public abstract Task WriteAsync(Stream stream, ISendProgress progress, CancellationToken cancellationToken);

    public static implicit operator RequestBody(ReadOnlyMemory<byte> json) => new Json(json);

    private sealed class Json(ReadOnlyMemory<byte> json) : RequestBody
    {
        public override string ContentType => "application/json";

        public override long? Length => json.Length;

        // A few bytes are sent at once: there is nothing left to withdraw.
        public override Task WriteAsync(Stream stream, ISendProgress progress, CancellationToken cancellationToken) =>
            stream.WriteAsync(json, CancellationToken.None).AsTask();
    }
}

/// <summary>What a long body reports while it is sent.</summary>
internal interface ISendProgress
{
    /// <summary>Some bytes were sent.</summary>
    void Moved();

    /// <summary>The bytes that follow complete the body: without them nothing can be accepted.</summary>
    /// <exception cref="OperationCanceledException">The body was withdrawn.</exception>
    void BeforeLastBytes();

    /// <summary>All bytes were sent.</summary>
    void Sent();

    /// <summary>The body cannot be read; the part that was sent cannot be accepted.</summary>
    void SourceFailed(Exception failure);
}
