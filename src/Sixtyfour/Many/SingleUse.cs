namespace Sixtyfour.Many;

/// <summary>A stream that can be enumerated once: a second time would pay a second time.</summary>
internal sealed class SingleUse<T>(Func<CancellationToken, IAsyncEnumerable<T>> run, CancellationToken caller) : IAsyncEnumerable<T>
{
    private int _uses;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Increment(ref _uses) is 1
        ? run(caller).GetAsyncEnumerator(cancellationToken)
        : throw new InvalidOperationException("This run was enumerated before. Enumerating it again would start, and pay for, every job again: begin a new run, with ResumeJobId for what was started.");
}
