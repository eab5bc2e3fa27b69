namespace Sixtyfour.Http;

internal sealed class JsonBody(ReadOnlyMemory<byte> json) : RequestBody
{
    public override string ContentType => "application/json";

    public override long? Length => json.Length;

    // A handful of bytes leaves at once: what could be withdrawn has gone already.
    public override Task WriteAsync(Stream stream, IDeparture departure, CancellationToken cancellationToken) =>
        stream.WriteAsync(json, CancellationToken.None).AsTask();
}
