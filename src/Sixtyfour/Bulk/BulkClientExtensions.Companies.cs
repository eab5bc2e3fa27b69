using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour;

public static partial class BulkClientExtensions
{
    /// <inheritdoc cref="IBulkClient.EstimateCompaniesAsync"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies; it is read to its end.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public static Task<BulkEstimate> EstimateCompaniesAsync(this IBulkClient bulk, BulkFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.EstimateCompaniesAsync(file, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitCompaniesAsync(BulkFile, EnrichmentStruct, CompanyBulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitCompaniesAsync(this IBulkClient bulk, BulkFile file, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitCompaniesAsync(file, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitCompaniesAsync{T}(BulkFile, CompanyBulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitCompaniesAsync<T>(this IBulkClient bulk, BulkFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitCompaniesAsync<T>(file, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitCompaniesAsync{T}(BulkFile, CompanyBulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitCompaniesAsync<T>(
        this IBulkClient bulk, BulkFile file, JsonTypeInfo<T> typeInfo, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitCompaniesAsync<T>(file, BulkOptions.With(options, typeInfo), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunCompaniesAsync(BulkFile, BulkJournal, EnrichmentStruct, CompanyBulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunCompaniesAsync(this IBulkClient bulk, BulkFile file, BulkJournal journal, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunCompaniesAsync(file, journal, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunCompaniesAsync{T}(BulkFile, BulkJournal, CompanyBulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunCompaniesAsync<T>(this IBulkClient bulk, BulkFile file, BulkJournal journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunCompaniesAsync<T>(file, journal, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunCompaniesAsync{T}(BulkFile, BulkJournal, CompanyBulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The companies, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunCompaniesAsync<T>(
        this IBulkClient bulk, BulkFile file, BulkJournal journal, JsonTypeInfo<T> typeInfo, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunCompaniesAsync<T>(file, journal, BulkOptions.With(options, typeInfo), cancellationToken);
    }
}
