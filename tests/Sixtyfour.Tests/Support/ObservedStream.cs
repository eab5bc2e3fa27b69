namespace Sixtyfour.Tests.Support;

/// <summary>Does something around each write, by whichever overload it comes: the build for netstandard2.0 uses the older one.</summary>
internal sealed class ObservedStream(Func<Stream, CancellationToken, Task>? before = null, Func<Stream, Task>? after = null) : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await (before?.Invoke(this, cancellationToken) ?? Task.CompletedTask);
        Write(buffer.Span);
        await (after?.Invoke(this) ?? Task.CompletedTask);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
