namespace Sixtyfour.Tests.Support;

/// <summary>A journal like one in a database; the process can die before or after any line.</summary>
internal sealed class MemoryJournal : BulkJournal
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Called with the number of the line, from 1, before it is kept, and after.</summary>
    public Action<int, bool>? OnAppend { get; set; }

    public void Replace(Func<string, string> change)
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            _lines[i] = change(_lines[i]);
        }
    }

    public void Drop(Predicate<string> which) => _lines.RemoveAll(which);

    public override async IAsyncEnumerable<string> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var line in Lines)
        {
            yield return line;
        }
    }

    public override Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        lock (_lines)
        {
            OnAppend?.Invoke(_lines.Count + 1, false);
            _lines.Add(line);
            OnAppend?.Invoke(_lines.Count, true);
        }

        return Task.CompletedTask;
    }
}
