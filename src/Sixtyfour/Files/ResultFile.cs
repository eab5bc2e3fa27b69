using System.Diagnostics;
using Sixtyfour.Files;

namespace Sixtyfour;

/// <summary>A file that one stage of a bulk job wrote.</summary>
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

    /// <summary>
    /// Whether this is the finished file: the one with the highest block number of its job, and of several such files the only one with as many rows as the
    /// input. Where that does not tell, none is, and reading rows or saving fails. No other file takes its place.
    /// </summary>
    public bool IsOutput { get; internal init; }

    /// <summary>The number of the stage.</summary>
    /// <value><see langword="null"/> when the service sent none.</value>
    public int? BlockNumber { get; internal init; }

    /// <summary>How many rows the service says there are.</summary>
    /// <value><see langword="null"/> when the service did not send it.</value>
    public long? RowCount { get; internal init; }

    /// <summary>What the service noted about the file, an error for example.</summary>
    /// <value><see langword="null"/> when there is no note.</value>
    public string? Message { get; internal init; }

    /// <summary>Opens the file, just as the service wrote it. Costs nothing.</summary>
    /// <remarks>
    /// <para>It is downloaded once, into a temporary file that only this user can read, and every later use of the result reads that one. A transfer that
    /// breaks off continues where it stopped; an expired link is renewed by polling the job once. The transfer may take as long as it needs, but must not be
    /// idle for longer than <see cref="SixtyfourClientOptions.TransferIdleTimeout"/>; 4 GiB are the maximum. Where the service sent the rows in the status and
    /// no link, the file is made from them: one JSON object on each line.</para>
    /// <para>The key goes with the request only to the origin of <see cref="SixtyfourClientOptions.Endpoint"/> and to
    /// <see cref="SixtyfourClientOptions.TrustedDownloadOrigins"/>; redirects are not followed. The query of a link, which is a secret, is in no exception, log
    /// line or activity of the SDK. The HTTP activity of .NET leaves it out by default since .NET 9; other instrumentation may record it.</para>
    /// </remarks>
    /// <param name="cancellationToken">Ends the download; what has arrived is kept for the next call.</param>
    /// <returns>A readable, seekable stream; you dispose it.</returns>
    /// <exception cref="SixtyfourException">The file cannot be downloaded; the exception carries the job's id.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed.</exception>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => _content.OpenAsync(cancellationToken);

    /// <summary>Names the file; never its link.</summary>
    public override string ToString() => IsOutput ? $"{FileName} (output)" : FileName;
}
