using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Sixtyfour.Bulk;

/// <summary>The journal in a file. A complete line counts, with or without its line feed; an incomplete line at the end was cut off by a crash.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The file is open while a run has it, and closed by what Open returns.")]
internal sealed class JournalFile(string path) : BulkJournal
{
    private const byte LineFeed = (byte)'\n';

    private FileStream? _open;
    private JournalLock? _lock;
    private long _length;

    // What a failed append may have left after the last line.
    private byte[] _unfinished = [];

    // How every line of a run begins.
    private static ReadOnlySpan<byte> LineBegin => "{\"version\":"u8;

    public override async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var own = _open is null ? Open() : null;
        foreach (var line in Encoding.UTF8.GetString(await BytesAsync(_open!, _length, cancellationToken).ConfigureAwait(false)).Split('\n'))
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    public override async Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        using var own = _open is null ? Open() : null;
        var file = _open!;
        if (line.Contains('\n'))
        {
            throw new ArgumentException("A line of a journal cannot contain a line feed.", nameof(line));
        }

        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        CheckAlone(file);
        // Removes what an earlier append wrote in part.
        file.SetLength(_length);
        file.Position = _length;
        _unfinished = bytes;
        await file.WriteAsync(bytes.AsMemory(), cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        _length += bytes.Length;
        _unfinished = [];
    }

    internal override IDisposable Open()
    {
        if (_open is not null)
        {
            throw InUse(null);
        }

        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw InUse(e);
        }

        try
        {
            _length = RepairEnd(file);
            _unfinished = [];
            _lock = new JournalLock(path);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _open = file;
        return new Closing(this);
    }

    private static async Task<byte[]> BytesAsync(FileStream file, long length, CancellationToken cancellationToken)
    {
        // The lines of a run are few: three or four for each of its files.
        var bytes = new byte[length];
        file.Position = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var read = await file.ReadAsync(bytes.AsMemory(at), cancellationToken).ConfigureAwait(false);
            at += read > 0 ? read : throw Shortened(file);
        }

        return bytes;
    }

    // Where file locks have no effect, as on some network shares, another run can have opened it since. Its lines must not be overwritten.
    private void CheckAlone(FileStream file)
    {
        if (!_lock!.IsHeld || !HasOwnEnd(file))
        {
            throw new IOException(
                $"Another run has opened the journal '{path}', or written to it, since this run began. "
                + "Nothing more is written or sent: end the other run, then run again.");
        }
    }

    private bool HasOwnEnd(FileStream file)
    {
        var length = new FileInfo(path) is { Exists: true } info ? info.Length : -1;
        if (length < _length || length > _length + _unfinished.Length)
        {
            return false;
        }

        file.Position = _length;
        for (var i = 0; i < length - _length; i++)
        {
            if (file.ReadByte() != _unfinished[i])
            {
                return false;
            }
        }

        return true;
    }

    // An incomplete end must be the beginning of a line, or what a file system leaves of one: the path may name another file by mistake.
    private long RepairEnd(FileStream file)
    {
        var whole = EndOfLastLine(file);
        var tail = new byte[file.Length - whole];
        file.Position = whole;
        for (var at = 0; at < tail.Length;)
        {
            at += file.Read(tail, at, tail.Length - at) is > 0 and var read ? read : throw Shortened(file);
        }

        var written = tail.AsSpan(0, Array.FindLastIndex(tail, value => value is not 0) + 1);
        if (!written.StartsWith(LineBegin.Slice(0, Math.Min(written.Length, LineBegin.Length))))
        {
            throw new InvalidDataException($"'{path}' is not a journal: it ends in something other than a journal line. Give the run its own file.");
        }

        if (tail.Length > 0)
        {
            file.SetLength(whole + (IsWhole(written) ? written.Length : 0));
            if (file.Length > whole)
            {
                file.Position = file.Length;
                file.WriteByte(LineFeed);
            }

            file.Flush(flushToDisk: true);
        }

        return file.Length;
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            return reader.Read() && reader.TrySkip() && reader.BytesConsumed == line.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static EndOfStreamException Shortened(FileStream file) => new($"The journal '{file.Name}' became shorter while it was read.");

    private IOException InUse(Exception? inner) =>
        new($"The journal '{path}' is in use by another run, in this process or another. One journal serves one run at a time.", inner);

    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() is LineFeed)
            {
                return end;
            }
        }

        return 0;
    }

    private sealed class Closing(JournalFile journal) : IDisposable
    {
        public void Dispose()
        {
            journal._lock?.Dispose();
            journal._lock = null;
            journal._open?.Dispose();
            journal._open = null;
        }
    }
}

/// <summary>
/// A file beside the journal that names the run that opened it last. The last one wins, so that a lock file left by a killed run is never in the way; the
/// earlier run notices.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private readonly string _path;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    public JournalLock(string journal)
    {
        _path = journal + ".lock";
        File.WriteAllText(_path, _owner);
    }

    public bool IsHeld => File.Exists(_path) && File.ReadAllText(_path) == _owner;

    public void Dispose()
    {
        if (IsHeld)
        {
            File.Delete(_path);
        }
    }
}
