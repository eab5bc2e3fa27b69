using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sixtyfour.Bulk;

/// <summary>The journal in a file. Only lines that end with a line feed count; what follows the last one was cut off by a crash.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The file is open while a run has it, and closed by what Open gives out.")]
internal sealed class JournalFile(string path) : BulkJournal
{
    private FileStream? _open;
    private long _wholeLines;

    // How every line of a run begins.
    private static ReadOnlySpan<byte> LineBegin => "{\"version\":"u8;

    public override async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var own = _open is null ? Open() : null;
        // The lines of a run are few: three or four for each of its files.
        var bytes = new byte[_wholeLines];
        _open!.Position = 0;
        for (var length = 0; length < bytes.Length;)
        {
            var read = await _open.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read > 0 ? read : throw new EndOfStreamException($"The journal '{path}' became shorter while it was read.");
        }

        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
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
        var bytes = Encoding.UTF8.GetBytes(line.Contains('\n') ? throw new ArgumentException("A line of a journal cannot have a line feed in it.", nameof(line)) : line + "\n");
        // Takes away what an earlier write left behind in part.
        file.SetLength(_wholeLines);
        file.Position = _wholeLines;
        await file.WriteAsync(bytes.AsMemory(), cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        _wholeLines += bytes.Length;
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
            _wholeLines = EndOfLastLine(file);
            CheckTail(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _open = file;
        return new Closing(this);
    }

    // What is cut off has to be the beginning of a line, or what a file system leaves of one: somebody may have named another file by mistake.
    private void CheckTail(FileStream file)
    {
        file.Position = _wholeLines;
        for (var i = 0; i < LineBegin.Length && file.ReadByte() is var value and >= 0; i++)
        {
            if (value is not 0 && value != LineBegin[i])
            {
                throw new InvalidDataException($"'{path}' is no journal: it ends in something that is no line of one. Give the run a file of its own.");
            }
        }
    }

    private IOException InUse(Exception? inner) =>
        new($"The journal '{path}' cannot be opened alone: another run, in this process or another, has it. One journal serves one run at a time.", inner);

    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() is '\n')
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
            journal._open?.Dispose();
            journal._open = null;
        }
    }
}
