namespace Sixtyfour.Bulk;

/// <summary>A file on this machine.</summary>
internal sealed class LocalContent(string path) : BulkContent
{
    public override BulkFormat? Format => BulkFormats.Of(path, mediaType: null);

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true));
    }
}
