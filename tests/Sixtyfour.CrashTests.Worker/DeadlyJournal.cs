using System.Diagnostics;

namespace Sixtyfour.CrashTests.Worker;

/// <summary>A journal whose process dies by its own hand, as if it were killed, at an exact line: when that was written, or when it was about to be.</summary>
/// <param name="inner">The journal.</param>
/// <param name="lines">How many lines are written in one life.</param>
/// <param name="diesBehind">Dies when the last of them was written; else when one more is to be.</param>
internal sealed class DeadlyJournal(BulkJournal inner, int lines, bool diesBehind) : BulkJournal
{
    private int _left = lines;

    public override IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

    public override async Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        if (_left == 0)
        {
            Die();
        }

        await inner.AppendAsync(line, cancellationToken);
        _left--;
        if (_left == 0 && diesBehind)
        {
            Die();
        }
    }

    internal override IDisposable? Open() => inner.Open();

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
