using Sixtyfour.Http;

namespace Sixtyfour.Bulk;

/// <summary>A file behind a signed link, fetched once for everybody who reads it.</summary>
internal sealed class DownloadedContent(BulkFileEntry entry, JobLinks links, BulkFiles files) : BulkContent
{
    // A link that is fresh and refused all the same is refused for another reason.
    private const int MostRenewals = 2;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly RowFile _name = new(entry.FileName, links.JobId);
    private TemporaryFile? _file;
    private Download? _download;
    private volatile bool _isEndCertain;
    private volatile bool _isDisposed;

    public override BulkFormat? Format => BulkFormats.Of(entry.FileName, entry.MediaType);

    public override bool IsEndCertain => _isEndCertain;

    // Whoever comes first fetches; when he leaves, the next one goes on with what has come.
    public override async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isDisposed)
            {
                throw Disposed();
            }

            _file ??= new TemporaryFile();
            _download ??= new Download(_file.Content);
            if (!_download.IsWhole)
            {
                await FetchAsync(_download, cancellationToken).ConfigureAwait(false);
                _isEndCertain = _download.IsEndCertain;
            }

            return _file.OpenRead();
        }
        finally
        {
            _turn.Release();
            Sweep();
        }
    }

    public override async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        Drop();
    }

    public override void Dispose()
    {
        base.Dispose();
        _isDisposed = true;
        Sweep();
    }

    private async Task FetchAsync(Download download, CancellationToken cancellationToken)
    {
        var renewals = 0;
        while (true)
        {
            var (link, generation) = links.Find(entry);
            if (link is not null && !(renewals is 0 && links.IsOld(entry)))
            {
                var received = download.Received;
                try
                {
                    await files.DownloadAsync(link, _name, download, cancellationToken).ConfigureAwait(false);
                    CheckSize(download);
                    return;
                }
                catch (SixtyfourApiException e) when (MayBeExpired(e) && (renewals < MostRenewals || download.Received > received))
                {
                    renewals = download.Received > received ? 0 : renewals;
                }
            }
            else if (renewals >= MostRenewals)
            {
                throw _name.Invalid("the job names no link to it any more");
            }

            renewals++;
            await links.RenewAsync(generation, cancellationToken).ConfigureAwait(false);
        }
    }

    // The vendor does not say how an expired link is answered; storage services say 400, 401, 403, 404 or 410.
    private static bool MayBeExpired(SixtyfourApiException e) => (int)e.StatusCode is 400 or 401 or 403 or 404 or 410;

    private void CheckSize(Download download)
    {
        if (!download.IsEndCertain && entry.Size is { } due && download.Received < due)
        {
            var received = download.Received;
            download.StartAnew();
            throw _name.Invalid($"{received} of {due} bytes came, and the answer itself did not say how many there are. Read it again");
        }
    }

    private ObjectDisposedException Disposed() => new(nameof(BulkResult), $"The result of job {links.JobId} was disposed.");

    // The one who fetches writes into the file, so it is let go when he is done.
    private void Sweep()
    {
        if (_isDisposed && _turn.Wait(0))
        {
            Drop();
        }
    }

    // Ends the turn. Whoever reads the file has a use of it of his own.
    private void Drop()
    {
        try
        {
            _file?.Dispose();
            _file = null;
            _download = null;
        }
        finally
        {
            _turn.Release();
        }
    }
}
