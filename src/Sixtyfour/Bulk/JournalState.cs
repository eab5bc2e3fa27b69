using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>The contents of the journal of a run, and the only way to add to it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate holds nothing but memory.")]
internal sealed class JournalState
{
    private readonly BulkJournal _journal;
    private readonly List<JournalLine> _files = [];
    private readonly SemaphoreSlim _gate = new(1);

    private JournalState(BulkJournal journal, string fingerprint) => (_journal, Fingerprint) = (journal, fingerprint);

    /// <summary>Identifies the run.</summary>
    public string Fingerprint { get; }

    /// <summary>What the keys of the run are derived from; generated when it began.</summary>
    public string Seed { get; private set; } = "";

    /// <summary>How many files the run has sent, or was about to.</summary>
    public int Count
    {
        get
        {
            lock (_files)
            {
                return _files.Count;
            }
        }
    }

    /// <summary>No file comes after the last one.</summary>
    public bool IsComplete => Count > 0 && this[Count].IsLast;

    /// <param name="number">From 1.</param>
    public JournalLine this[int number]
    {
        get
        {
            lock (_files)
            {
                return _files[number - 1];
            }
        }
    }

    public static async Task<JournalState> ReadAsync(BulkJournal journal, string fingerprint, Func<string> newSeed, CancellationToken cancellationToken)
    {
        var state = new JournalState(journal, fingerprint);
        await foreach (var text in journal.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var line = JournalLine.Parse(text);
            if (!string.Equals(line.Run, fingerprint, StringComparison.Ordinal))
            {
                throw new BulkInputChangedException(
                    "The journal belongs to another run: service, account, kind of research, file type or configuration "
                    + "(fields, tier, webhook address) differ. "
                    + "Nothing was sent. "
                    + "Give each run its own journal, and continue a run with the settings it began with.");
            }

            if (state.Seed.Length > 0 && !string.Equals(line.Seed, state.Seed, StringComparison.Ordinal))
            {
                throw JournalLine.Damaged("holds lines of two runs that wrote to it at the same time");
            }

            state.Seed = line.Seed;
            state.Take(line);
        }

        state.Seed = state.Seed.Length > 0 ? state.Seed : newSeed();
        state.DropRefusedEnd();
        return state;
    }

    /// <summary>The key of a file. The same file has the same key in every execution of the run, even if its line in the journal was lost.</summary>
    public string KeyOf(int number, string sha256)
    {
        using var hash = Sha256.Begin();
        hash.AppendData(Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, "{0}\n{1}\n{2}", Seed, number, sha256)));
        return $"sixtyfour-{Sha256.Text(hash)}";
    }

    /// <summary>Adds a file. When this returns, the line is durable.</summary>
    public Task AddAsync(JournalLine line) => WriteAsync(() => line);

    /// <summary>Records a change of a file.</summary>
    public Task UpdateAsync(int number, Func<JournalLine, JournalLine> change) => WriteAsync(() => change(this[number]));

    // A refused file started nothing; where no file comes after it, its rows may have changed.
    private void DropRefusedEnd()
    {
        while (_files.Count > 0 && _files[_files.Count - 1].IsRefused)
        {
            _files.RemoveAt(_files.Count - 1);
        }
    }

    // What has happened must be recorded even when the caller has canceled: no token.
    private async Task WriteAsync(Func<JournalLine> next)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var line = next();
            await _journal.AppendAsync(line.Write(), CancellationToken.None).ConfigureAwait(false);
            Take(line);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Take(JournalLine line)
    {
        lock (_files)
        {
            if (line.File < 1 || line.File > _files.Count + 1)
            {
                throw JournalLine.Damaged($"knows file {line.File.ToString(CultureInfo.InvariantCulture)} of the run but not all files before it");
            }

            if (line.File > _files.Count)
            {
                _files.Add(line);
            }
            else
            {
                _files[line.File - 1] = line;
            }
        }
    }
}

/// <summary>Compares the rows with what the journal says a run began with.</summary>
internal static class RunInput
{
    public static void Compare(NumberedFile file, JournalLine line)
    {
        // A refused file may have been corrected since, as long as the rows after it keep their positions.
        var hasContent = line.IsRefused || string.Equals(file.Content.Sha256, line.Sha256, StringComparison.Ordinal);
        if (file.FirstRow != line.FirstRow || file.Rows != line.Rows || !hasContent)
        {
            throw Changed(line, $"now has {Number(file.Rows)} rows from {Number(file.FirstRow)} on, with other content than before");
        }
    }

    public static BulkInputChangedException Shorter(JournalLine line) => Changed(line, "is missing: the input has fewer rows than before");

    public static BulkInputChangedException Longer(JournalLine last) => Changed(last, "was the last file: the input has more rows than before");

    private static BulkInputChangedException Changed(JournalLine line, string what) => new(
        $"File {Number(line.File)} of the run ({Number(line.Rows)} rows from {Number(line.FirstRow)} on) {what}. Nothing was sent. "
        + "A run needs the same rows in the same order every time; for other rows use another journal.");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
