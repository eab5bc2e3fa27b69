using System.Runtime.CompilerServices;

namespace Sixtyfour.FaultCampaign.Cases;

/// <summary>A journal that outlives the processes writing it. A life ends at an exact line, and what it wants to write afterwards never comes back.</summary>
internal sealed class JournalOfLives
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private object? _alive;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <param name="lines">How many are written in this life.</param>
    /// <param name="isBehind">Whether it dies when the last of them was written; else when one more is to be.</param>
    /// <param name="kill">What else dies with it.</param>
    public BulkJournal Life(int lines, bool isBehind, Action kill)
    {
        var life = new OneLife(this, lines, isBehind, kill);
        lock (_gate)
        {
            _alive = life;
        }

        return life;
    }

    public void End()
    {
        lock (_gate)
        {
            _alive = null;
        }
    }

    private sealed class OneLife(JournalOfLives book, int lines, bool isBehind, Action kill) : BulkJournal
    {
        private int _left = lines;

        public override async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            foreach (var line in book.Lines)
            {
                yield return line;
            }
        }

        public override Task AppendAsync(string line, CancellationToken cancellationToken) =>
            TryAppend(line) ? Task.CompletedTask : new TaskCompletionSource().Task;

        private bool TryAppend(string line)
        {
            bool dies;
            bool isWritten;
            lock (book._gate)
            {
                if (book._alive != this)
                {
                    return false;
                }

                isWritten = _left > 0;
                if (isWritten)
                {
                    book._lines.Add(line);
                    _left--;
                }

                dies = !isWritten || (_left is 0 && isBehind);
                if (dies)
                {
                    book._alive = null;
                }
            }

            if (dies)
            {
                kill();
            }

            return isWritten && !dies;
        }
    }
}
