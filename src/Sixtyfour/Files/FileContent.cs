namespace Sixtyfour.Files;

/// <summary>The bytes of a file, wherever they come from.</summary>
internal abstract class FileContent : IDisposable
{
    /// <summary>Known once it has been opened; null when neither name nor type of the file say.</summary>
    public abstract FileFormat? Format { get; }

    /// <summary>A stream that can be read and sought in.</summary>
    public abstract Task<Stream> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Drops what may have been cut off, so that the next one who opens it has it fetched again.</summary>
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
