using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour;

/// <summary>Shortcuts for <see cref="IBulkClient"/>. All end in its own methods, so a fake of the interface sees every call.</summary>
public static partial class BulkClientExtensions
{
    /// <inheritdoc cref="IBulkClient.EstimatePeopleAsync"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people; it is read to its end.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public static Task<BulkEstimate> EstimatePeopleAsync(this IBulkClient bulk, BulkFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.EstimatePeopleAsync(file, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitPeopleAsync(BulkFile, EnrichmentStruct, BulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitPeopleAsync(this IBulkClient bulk, BulkFile file, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitPeopleAsync(file, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitPeopleAsync{T}(BulkFile, BulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitPeopleAsync<T>(this IBulkClient bulk, BulkFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitPeopleAsync<T>(file, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.SubmitPeopleAsync{T}(BulkFile, BulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, price, ceiling, key and settings of this call.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves.</param>
    public static Task<BulkJob> SubmitPeopleAsync<T>(
        this IBulkClient bulk, BulkFile file, JsonTypeInfo<T> typeInfo, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.SubmitPeopleAsync<T>(file, BulkOptions.With(options, typeInfo), cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunPeopleAsync(BulkFile, BulkJournal, EnrichmentStruct, BulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="fields">What to find out about each.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunPeopleAsync(this IBulkClient bulk, BulkFile file, BulkJournal journal, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunPeopleAsync(file, journal, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunPeopleAsync{T}(BulkFile, BulkJournal, BulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunPeopleAsync<T>(this IBulkClient bulk, BulkFile file, BulkJournal journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunPeopleAsync<T>(file, journal, null, cancellationToken);
    }

    /// <inheritdoc cref="IBulkClient.RunPeopleAsync{T}(BulkFile, BulkJournal, BulkOptions, CancellationToken)"/>
    /// <param name="bulk">The client.</param>
    /// <param name="file">The people, in the same order every time.</param>
    /// <param name="journal">Where the run keeps what must survive it.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, price, ceiling, progress and settings of each submission.</param>
    /// <param name="cancellationToken">Ends the submitting and waiting; jobs that were started go on.</param>
    public static Task<BulkResult> RunPeopleAsync<T>(
        this IBulkClient bulk, BulkFile file, BulkJournal journal, JsonTypeInfo<T> typeInfo, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        return bulk.RunPeopleAsync<T>(file, journal, BulkOptions.With(options, typeInfo), cancellationToken);
    }
}
