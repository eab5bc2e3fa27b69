using System.Diagnostics;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>The result of a bulk job, or of a run of many. Reading it any number of times costs nothing and fetches each file once.</summary>
/// <remarks>
/// The files are kept in temporary files that only this user can read. They are deleted with <see cref="Dispose"/>, and without it when the result is no
/// longer used or the process ends.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class BulkResult : IDisposable
{
    private readonly ResultRows _rows;
    private readonly JsonContracts _contracts;
    private readonly IReadOnlyList<string>? _asked;

    internal BulkResult(
        decimal? chargeCents, IReadOnlyList<ResultFile> files, ResultRows rows, JsonContracts contracts, IReadOnlyList<string>? asked)
    {
        ChargeCents = chargeCents;
        Files = files;
        _rows = rows;
        _contracts = contracts;
        _asked = asked;
    }

    /// <summary>What was charged, in US cents; for a run the sum over its jobs.</summary>
    /// <value><see langword="null"/> when the service did not name the charge of every job.</value>
    public decimal? ChargeCents { get; }

    /// <summary>Every stage of every job. The rows come from those that are <see cref="ResultFile.IsOutput"/>.</summary>
    public IReadOnlyList<ResultFile> Files { get; }

    /// <summary>A result from a file that was saved before, or that a test has written. Nothing is sent.</summary>
    /// <param name="path">A CSV, JSON or JSON lines file; it stays as it is.</param>
    /// <param name="chargeCents">The value of <see cref="ChargeCents"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    public static BulkResult FromPath(string path, decimal? chargeCents = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = JobFiles.Of(path);
        return new(chargeCents, file.Files, new JobRows(file), new JsonContracts(null), asked: null);
    }

    /// <summary>The rows of the output, in the order of the input.</summary>
    /// <remarks>
    /// UTF-8 is expected; a record may have up to 64 MiB. Blank lines are not rows. In a row that is shorter than the header the last columns are absent. Each
    /// of these ends the reading, and keeps <see cref="SaveAsync"/> from saving, because values would come out in the wrong columns or rows: a row with more
    /// values than the header has columns, text after a closing quote, a quote that is never closed, a lone carriage return, a wrong count of rows.
    /// <see cref="ResultFile.OpenReadAsync"/> returns the file as it is.
    /// </remarks>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidResponseException">Rows cannot be read from the file, or rows of a run are missing or duplicated.</exception>
    /// <exception cref="SixtyfourException">The file cannot be downloaded; the exception carries the job's id.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed.</exception>
    public IAsyncEnumerable<ResultRow> ReadRowsAsync(CancellationToken cancellationToken = default) =>
        _rows.ReadAsync<ResultRow>(reader => new UntypedRows(reader, _asked), cancellationToken);

    /// <summary>The rows of the output as your own type, in the order of the input.</summary>
    /// <remarks>
    /// A value that does not fit never throws: it is listed in <see cref="ResultRow{T}.Issues"/>. For the format of the file see
    /// <see cref="ReadRowsAsync(CancellationToken)"/>.
    /// </remarks>
    /// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
    /// <param name="fields">
    /// Carries the JSON contract of the type; <see langword="null"/> takes the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidResponseException">
    /// Rows cannot be read from the file, its count of rows is wrong, or rows of a run are missing or duplicated.
    /// </exception>
    /// <exception cref="SixtyfourException">The file cannot be downloaded; the exception carries the job's id.</exception>
    /// <exception cref="InvalidOperationException">There is no JSON contract for <typeparamref name="T"/>.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed.</exception>
    public IAsyncEnumerable<ResultRow<T>> ReadRowsAsync<T>(EnrichmentStruct<T>? fields = null, CancellationToken cancellationToken = default)
    {
        var contract = _contracts.For<T>(fields?.TypeInfo);
        return _rows.ReadAsync(reader => TypedRows.For(reader, contract, _asked), cancellationToken);
    }

    /// <summary>Saves the output as one file: of a single job just as the service made it, of a run with one header and all rows in input order.</summary>
    /// <remarks>
    /// It is written under a temporary name beside the target and then renamed, so the target is never incomplete; an existing file is replaced.
    /// </remarks>
    /// <param name="path">The target; its directory must exist.</param>
    /// <param name="cancellationToken">Ends the saving; the target then stays as it was.</param>
    /// <exception cref="SixtyfourException">The file cannot be downloaded; the exception carries the job's id.</exception>
    /// <exception cref="InvalidResponseException">
    /// The file is not a result that can be read, see <see cref="ReadRowsAsync(CancellationToken)"/>; nothing is saved.
    /// </exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return SavedFile.WriteAsync(path, _rows.CopyToAsync, cancellationToken);
    }

    /// <summary>Opens the output: what <see cref="SaveAsync"/> would save.</summary>
    /// <param name="cancellationToken">Ends the download; what has arrived is kept for the next call.</param>
    /// <returns>A readable, seekable stream; you dispose it.</returns>
    /// <exception cref="SixtyfourException">The file cannot be downloaded; the exception carries the job's id.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed.</exception>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => _rows.OpenAsync(cancellationToken);

    /// <summary>Deletes the temporary files; open streams and enumerations can be read to their end. Optional, see the remarks of the type.</summary>
    public void Dispose() => _rows.Dispose();

    /// <summary>Names the files; never prints a value.</summary>
    public override string ToString() => $"{nameof(BulkResult)} of {string.Join(", ", Files)}";
}
