using System.Runtime.CompilerServices;

namespace Sixtyfour.Bulk;

/// <summary>The rows of a run: those of its jobs one after the other, each in input order.</summary>
internal sealed class RunRows(IReadOnlyList<RunPart> parts) : ResultRows
{
    private readonly SemaphoreSlim _turn = new(1);
    private TemporaryFile? _whole;
    private volatile bool _isDisposed;

    public override async IAsyncEnumerable<TRow> ReadAsync<TRow>(
        Func<RowReader, IRowMaker<TRow>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            using var ordered = await part.ReadAsync(cancellationToken).ConfigureAwait(false);
            var maker = rows(ordered.Reader);
            while (await ordered.NextAsync(cancellationToken).ConfigureAwait(false) is { } index)
            {
                yield return maker.Make(index);
            }
        }
    }

    public override async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _whole ??= await JoinAsync(cancellationToken).ConfigureAwait(false);
            return _whole.OpenRead();
        }
        finally
        {
            _turn.Release();
            Sweep();
        }
    }

    public override Task CopyToAsync(Stream target, CancellationToken cancellationToken) => RunFile.WriteAsync(parts, target, cancellationToken);

    public override void Dispose()
    {
        foreach (var part in parts)
        {
            part.Job.Dispose();
        }

        _isDisposed = true;
        Sweep();
    }

    // The one who joins the files writes into it, so it is let go when he is done.
    private void Sweep()
    {
        if (_isDisposed && _turn.Wait(0))
        {
            _whole?.Dispose();
            _whole = null;
            _turn.Release();
        }
    }

    private async Task<TemporaryFile> JoinAsync(CancellationToken cancellationToken)
    {
        var file = new TemporaryFile();
        try
        {
            await RunFile.WriteAsync(parts, file.Content, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
