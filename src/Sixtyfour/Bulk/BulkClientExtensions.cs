namespace Sixtyfour;

/// <summary>Typed calls with fields, or a JSON contract, of their own. All end in the methods of <see cref="IBulkClient"/>, so a fake of the interface sees every call.</summary>
public static class BulkClientExtensions
{
    /// <inheritdoc cref="IBulkClient.SubmitPeopleAsync{T}(BulkFile, BulkSubmitOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">Honored until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitPeopleAsync<T>(
        this IBulkClient bulk, BulkFile file, EnrichmentStruct<T> fields, BulkSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitPeopleAsync<T>(file, BulkOptions.With(options, fields), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunPeopleAsync{T}(BulkFile, BulkJournal, BulkRunOptions{BulkOptions}, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunPeopleAsync<T>(
        this IBulkClient bulk, BulkFile file, BulkJournal journal, EnrichmentStruct<T> fields, BulkRunOptions<BulkOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunPeopleAsync<T>(file, journal, BulkRunOptions<BulkOptions>.With(options, fields), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitCompaniesAsync{T}(BulkFile, CompanyBulkSubmitOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">Honored until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitCompaniesAsync<T>(
        this IBulkClient bulk, BulkFile file, EnrichmentStruct<T> fields, CompanyBulkSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitCompaniesAsync<T>(file, BulkOptions.With(options, fields), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunCompaniesAsync{T}(BulkFile, BulkJournal, BulkRunOptions{CompanyBulkOptions}, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="fields">What to find out about each, and the type to read it as.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunCompaniesAsync<T>(
        this IBulkClient bulk, BulkFile file, BulkJournal journal, EnrichmentStruct<T> fields, BulkRunOptions<CompanyBulkOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunCompaniesAsync<T>(file, journal, BulkRunOptions<CompanyBulkOptions>.With(options, fields), cancellationToken);
    }
}
