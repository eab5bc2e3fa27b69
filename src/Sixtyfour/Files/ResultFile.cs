using System.Diagnostics;
using Sixtyfour.Files;

namespace Sixtyfour;

/// <summary>A file that one stage of a bulk job made.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ResultFile
{
    private readonly FileContent _content;

    internal ResultFile(FileContent content, string fileName)
    {
        _content = content;
        FileName = fileName;
    }

    /// <summary>The service's name for the file.</summary>
    public string FileName { get; }

    /// <summary>This is the finished file: the highest block number of its job. No other file stands in for it.</summary>
    public bool IsOutput { get; internal init; }

    /// <summary>The number of the stage.</summary>
    /// <value><see langword="null"/> when the service sent none.</value>
    public int? BlockNumber { get; internal init; }

    /// <summary>How many rows the service says there are.</summary>
    /// <value><see langword="null"/> when it did not say.</value>
    public long? RowCount { get; internal init; }

    /// <summary>What the service noted about the file, an error for example.</summary>
    /// <value><see langword="null"/> when it noted nothing.</value>
    public string? Message { get; internal init; }

    /// <summary>Opens the file, just as the service made it. Costs nothing.</summary>
    /// <remarks>
    /// <para>It is fetched once, into a temporary file that only this user can read, and every later use of the result reads that one. A transfer that breaks
    /// off goes on where it stopped; an expired link is renewed by asking for the job again. The transfer may take as long as it needs, but not be silent for
    /// longer than <see cref="SixtyfourClientOptions.TransferIdleTimeout"/>; 4 GiB are the most. Where the service sent the rows inside its answer and no link,
    /// the file is made of them: one JSON object a line.</para>
    /// <para>The key goes with the request only to the origin of <see cref="SixtyfourClientOptions.Endpoint"/> and to
    /// <see cref="SixtyfourClientOptions.TrustedDownloadOrigins"/>; redirects are not followed. The query of a link, which is a secret, is in no exception, log
    /// line or activity of the SDK. The HTTP activity of .NET leaves it out by default since .NET 9; what instrumentation packages record is theirs to say.</para>
    /// </remarks>
    /// <param name="cancellationToken">Ends the fetching; what has come is kept for the next try.</param>
    /// <returns>A stream that can be read and sought in; yours to dispose.</returns>
    /// <exception cref="SixtyfourException">The file cannot be had; the exception carries the job's id.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed.</exception>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => _content.OpenAsync(cancellationToken);

    /// <summary>Names the file; never its link.</summary>
    public override string ToString() => IsOutput ? $"{FileName} (output)" : FileName;
}
