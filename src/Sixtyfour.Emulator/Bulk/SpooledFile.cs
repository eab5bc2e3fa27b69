using Microsoft.Win32.SafeHandles;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Bytes on disk without a name: gone with this object, or with the process however it ends.</summary>
internal sealed class SpooledFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FileStream _file;
    private readonly SafeFileHandle _handle;

    public SpooledFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sixtyfour-emulator-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = BufferSize,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
        _handle = _file.SafeFileHandle;
        File.Delete(path);
    }

    /// <summary>Where it is written to, once and from beginning to end.</summary>
    public Stream Content => _file;

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Reads it all, beside other readers.</summary>
    public Stream OpenRead() => new BufferedStream(new SpooledFileReader(this), BufferSize);

    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(_handle, buffer, offset, cancellationToken);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    public void Dispose() => _file.Dispose();
}
