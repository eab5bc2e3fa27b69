using System.Buffers;

namespace Sixtyfour.Json;

/// <summary>An <see cref="IBufferWriter{T}"/> over one array; the framework's own is missing on netstandard2.0.</summary>
internal sealed class ByteBuffer(int capacity = 512) : IBufferWriter<byte>
{
    private const int LargestArray = 0X7FFFFFC7;
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>The array itself, of which <see cref="Length"/> bytes are written.</summary>
    public byte[] Array => _bytes;

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed > _bytes.Length)
        {
            System.Array.Resize(ref _bytes, (int)Math.Max(needed, Math.Min(_bytes.Length * 2L, LargestArray)));
        }

        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
