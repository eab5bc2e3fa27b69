using System.Runtime.InteropServices;
using System.Text.Json;
using Sixtyfour.Http;

namespace Sixtyfour.Files;

/// <summary>The bytes of a file, wherever they come from.</summary>
internal abstract class FileContent : IDisposable
{
    /// <summary>Known once it has been opened; null when neither the name nor the media type tells.</summary>
    public abstract FileFormat? Format { get; }

    /// <summary>A readable, seekable stream.</summary>
    public abstract Task<Stream> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Drops a file that may have been truncated, so that it is downloaded again when it is next opened.</summary>
    public virtual Task ForgetDoubtfulAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual void Dispose()
    {
    }
}

/// <summary>A file on this machine.</summary>
internal sealed class LocalContent(string path) : FileContent
{
    public override FileFormat? Format => FileFormats.Of(path, mediaType: null);

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true));
    }
}

/// <summary>
/// A file that a job left at the service, downloaded once for all readers: from its link, or from the rows in the status where these are complete.
/// </summary>
internal sealed class RemoteContent(FileEntry entry, FileLinks links, FileDownloads files) : FileContent
{
    // A fresh link that is refused is refused for another reason than age.
    private const int MostRenewals = 2;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly FileLabel _label = new(entry.FileName, links.JobId);
    private TemporaryFile? _file;
    private Download? _download;
    private volatile bool _isPreview;
    private volatile bool _isDisposed;

    public override FileFormat? Format => _isPreview ? FileFormat.JsonLines : FileFormats.Of(entry.FileName, entry.MediaType);

    // The first caller downloads; when it cancels, the next one continues with what has arrived.
    public override async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(ResultFile), $"The result of job {links.JobId} was disposed.");
            }

            _file ??= new TemporaryFile();
            _download ??= new Download(_file.Content);
            if (!_download.IsWhole)
            {
                await FetchAsync(_download, cancellationToken).ConfigureAwait(false);
            }

            return _file.OpenRead();
        }
        finally
        {
            _gate.Release();
            Sweep();
        }
    }

    public override async Task ForgetDoubtfulAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_download is { IsEndCertain: false })
        {
            Drop();
        }

        _gate.Release();
    }

    public override void Dispose()
    {
        base.Dispose();
        _isDisposed = true;
        Sweep();
    }

    private async Task FetchAsync(Download download, CancellationToken cancellationToken)
    {
        try
        {
            await FetchFromLinkAsync(download, cancellationToken).ConfigureAwait(false);
            CheckSize(download);
            await CheckKindAsync(download, cancellationToken).ConfigureAwait(false);
        }
        catch (SixtyfourException) when (Newest.HasWholePreview)
        {
            await FetchFromPreviewAsync(download, Newest.Preview, cancellationToken).ConfigureAwait(false);
        }
    }

    private FileEntry Newest => links.Find(entry).Entry ?? entry;

    private async Task FetchFromLinkAsync(Download download, CancellationToken cancellationToken)
    {
        var renewals = 0;
        while (true)
        {
            var (newest, generation) = links.Find(entry);
            if (newest?.Link is { } link && !(renewals is 0 && links.IsOld(entry)))
            {
                var received = download.Received;
                try
                {
                    await files.DownloadAsync(link, _label, download, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (SixtyfourApiException e) when (MayBeExpired(e) && (renewals < MostRenewals || download.Received > received))
                {
                    renewals = download.Received > received ? 0 : renewals;
                }
            }
            else if (newest is { Link: null, HasWholePreview: true } || renewals >= MostRenewals)
            {
                throw NoLink(newest);
            }

            renewals++;
            await links.RenewAsync(generation, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FetchFromPreviewAsync(Download download, JsonElement rows, CancellationToken cancellationToken)
    {
        download.Restart(isEndCertain: true);
        foreach (var row in rows.EnumerateArray())
        {
            byte[] line = [.. JsonMarshal.GetRawUtf8Value(row), (byte)'\n'];
            WhiteSpace.ToOneLine(line.AsSpan(0, line.Length - 1));
            await download.AddAsync(line, cancellationToken).ConfigureAwait(false);
        }

        download.Complete();
        _isPreview = true;
    }

    private InvalidResponseException NoLink(FileEntry? newest)
    {
        var message = newest?.Message ?? entry.Message;
        var preview = newest?.Preview.ValueKind is JsonValueKind.Array
            ? $", and the {newest.Preview.GetArrayLength()} rows in the status of the job are not all it has"
            : "";
        var reason = message is null ? "" : $". It says: {message}";
        return _label.Invalid($"the service gives no link to it{preview}{reason}. No other file of the job takes its place");
    }

    // The vendor does not document the answer to an expired link; storage services send 400, 401, 403, 404 or 410.
    private static bool MayBeExpired(SixtyfourApiException e) => (int)e.StatusCode is 400 or 401 or 403 or 404 or 410;

    private void CheckSize(Download download)
    {
        if (!download.IsEndCertain && entry.Size is { } due && download.Received < due)
        {
            var received = download.Received;
            download.Restart();
            throw _label.Invalid($"{received} of {due} bytes came, and the response did not declare its length. Read it again");
        }
    }

    private async Task CheckKindAsync(Download download, CancellationToken cancellationToken)
    {
        var start = new byte[ReceivedFile.MostErrorBytes];
        download.Target.Position = 0;
        var length = await download.Target.ReadAsync(start.AsMemory(), cancellationToken).ConfigureAwait(false);
        if (ReceivedFile.Problem(start.AsSpan(0, length), isWhole: length == download.Received, Format, download.MediaType) is { } problem)
        {
            download.Restart();
            throw _label.Invalid($"{problem}. Read it again");
        }
    }

    // The caller that fetches writes into the file, so the file is dropped when that caller is done.
    private void Sweep()
    {
        if (_isDisposed && _gate.Wait(0))
        {
            Drop();
            _gate.Release();
        }
    }

    // Open readers keep the file alive.
    private void Drop()
    {
        _file?.Dispose();
        _file = null;
        _download = null;
    }
}
