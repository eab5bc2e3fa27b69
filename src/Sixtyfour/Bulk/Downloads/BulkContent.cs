namespace Sixtyfour.Bulk;

/// <summary>The bytes of a file, wherever they come from.</summary>
internal abstract class BulkContent : IDisposable
{
    /// <summary>Null when neither name nor type of the file say.</summary>
    public abstract BulkFormat? Format { get; }

    /// <summary>False when a break could not be told from the end of the file. Known once it has been opened.</summary>
    public virtual bool IsEndCertain => true;

    /// <summary>A stream that can be read and sought in.</summary>
    public abstract Task<Stream> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Lets go of what may have been cut off, so that the next one who opens it has it fetched anew.</summary>
    public virtual Task ForgetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual void Dispose()
    {
    }
}
