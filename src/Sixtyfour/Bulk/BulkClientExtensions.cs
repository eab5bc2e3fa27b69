namespace Sixtyfour;

/// <summary>Typed calls with an <see cref="EnrichmentStruct{T}"/>. All call the interface, so a fake of it sees every call.</summary>
public static class BulkClientExtensions
{
    /// <inheritdoc cref="IBulkClient.SubmitPeopleAsync{T}(BulkFile, BulkSubmitOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">
    /// Honored until the end of the file is sent; then the call waits for the answer, because it holds an id that is paid for.
    /// </param>
    public static Task<BulkJob> SubmitPeopleAsync<T>(
        this IBulkClient bulk, BulkFile file, EnrichmentStruct<T> fields, BulkSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        ArgumentNullException.ThrowIfNull(fields);
        return bulk.SubmitPeopleAsync<T>(file, RequestOptions.With(options, copy => copy.TypedFields = fields), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunPeopleAsync{T}(BulkFile, BulkJournal, BulkRunOptions{BulkOptions}, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run stores what must survive a crash. One journal, one run.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunPeopleAsync<T>(
        this IBulkClient bulk, BulkFile file, BulkJournal journal, EnrichmentStruct<T> fields, BulkRunOptions<BulkOptions>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        ArgumentNullException.ThrowIfNull(fields);
        return bulk.RunPeopleAsync<T>(file, journal, BulkRunOptions<BulkOptions>.With(options, fields), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitCompaniesAsync{T}(BulkFile, CompanyBulkSubmitOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">
    /// Honored until the end of the file is sent; then the call waits for the answer, because it holds an id that is paid for.
    /// </param>
    public static Task<BulkJob> SubmitCompaniesAsync<T>(
        this IBulkClient bulk, BulkFile file, EnrichmentStruct<T> fields, CompanyBulkSubmitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        ArgumentNullException.ThrowIfNull(fields);
        return bulk.SubmitCompaniesAsync<T>(file, RequestOptions.With(options, copy => copy.TypedFields = fields), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunCompaniesAsync{T}(BulkFile, BulkJournal, BulkRunOptions{CompanyBulkOptions}, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run stores what must survive a crash. One journal, one run.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunCompaniesAsync<T>(
        this IBulkClient bulk, BulkFile file, BulkJournal journal, EnrichmentStruct<T> fields, BulkRunOptions<CompanyBulkOptions>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        ArgumentNullException.ThrowIfNull(fields);
        return bulk.RunCompaniesAsync<T>(file, journal, BulkRunOptions<CompanyBulkOptions>.With(options, fields), cancellationToken);
    }
}
