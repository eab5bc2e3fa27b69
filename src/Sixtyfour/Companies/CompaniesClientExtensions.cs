using Sixtyfour.Research;

namespace Sixtyfour;

/// <summary>
/// Typed calls with an <see cref="EnrichmentStruct{T}"/>, and runs over sequences. All call the interface, so a fake of it sees every call.
/// </summary>
public static class CompaniesClientExtensions
{
    /// <inheritdoc cref="ICompaniesClient.EnrichAsync{T}(CompanyInfo, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/> with a JSON contract, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.</param>
    /// <param name="options">People, tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call. Once the request is sent, the agent continues and charges, and there is no job id.</param>
    public static Task<CompanyEnrichment<T>> EnrichAsync<T>(
        this ICompaniesClient companies, CompanyInfo company, EnrichmentStruct<T> fields, CompanyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(fields);
        return companies.EnrichAsync<T>(company, RequestOptions.With(options, copy => copy.TypedFields = fields), cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.EnrichAsync{T, TPerson}(CompanyInfo, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/> with a JSON contract, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.</param>
    /// <param name="personFields">The same about each person.</param>
    /// <param name="options">People, tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call. Once the request is sent, the agent continues and charges, and there is no job id.</param>
    public static Task<CompanyEnrichment<T, TPerson>> EnrichAsync<T, TPerson>(
        this ICompaniesClient companies, CompanyInfo company, EnrichmentStruct<T> fields, EnrichmentStruct<TPerson> personFields,
        CompanyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(personFields);
        var typed = RequestOptions.With(options, copy => (copy.TypedFields, copy.TypedPersonFields) = (fields, personFields));
        return companies.EnrichAsync<T, TPerson>(company, typed, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.StartAsync{T}(CompanyInfo, CompanyStartOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/> with a JSON contract, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.</param>
    /// <param name="options">People, tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Honored until sending starts; after that the call waits for the job id, because it is paid for.</param>
    public static Task<Job<CompanyEnrichment<T>>> StartAsync<T>(
        this ICompaniesClient companies, CompanyInfo company, EnrichmentStruct<T> fields, CompanyStartOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(fields);
        return companies.StartAsync<T>(company, RequestOptions.With(options, copy => copy.TypedFields = fields), cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.StartAsync{T, TPerson}(CompanyInfo, CompanyStartOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/> with a JSON contract, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.</param>
    /// <param name="personFields">The same about each person.</param>
    /// <param name="options">People, tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Honored until sending starts; after that the call waits for the job id, because it is paid for.</param>
    public static Task<Job<CompanyEnrichment<T, TPerson>>> StartAsync<T, TPerson>(
        this ICompaniesClient companies, CompanyInfo company, EnrichmentStruct<T> fields, EnrichmentStruct<TPerson> personFields,
        CompanyStartOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(personFields);
        var typed = RequestOptions.With(options, copy => (copy.TypedFields, copy.TypedPersonFields) = (fields, personFields));
        return companies.StartAsync<T, TPerson>(company, typed, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, CompanyOptions}, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the company of an input.</param>
    /// <param name="fields">What to find out about each company, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment>> EnrichManyAsync<TInput>(
        this ICompaniesClient companies, IEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct fields,
        ManyOptions<TInput, CompanyOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.EnrichManyAsync(AsyncInputs.From(inputs), selector, fields, options, cancellationToken);
    }

    /// <typeparam name="TInput">Anything you have: a row, an id, a company.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out; inferred from <paramref name="fields"/>.</typeparam>
    /// <inheritdoc cref="ICompaniesClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, CompanyOptions}, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the company of an input.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields than those of the type.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment<T>>> EnrichManyAsync<TInput, T>(
        this ICompaniesClient companies, IEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct<T> fields,
        ManyOptions<TInput, CompanyOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.EnrichManyAsync(AsyncInputs.From(inputs), selector, fields, options, cancellationToken);
    }

    /// <typeparam name="TInput">Anything you have: a row, an id, a company.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out; inferred from <paramref name="fields"/>.</typeparam>
    /// <typeparam name="TPerson">The same about each person; inferred from <paramref name="personFields"/>.</typeparam>
    /// <inheritdoc cref="ICompaniesClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, CompanyOptions}, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the company of an input.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields than those of the type.</param>
    /// <param name="personFields">The same about each person.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment<T, TPerson>>> EnrichManyAsync<TInput, T, TPerson>(
        this ICompaniesClient companies, IEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct<T> fields,
        EnrichmentStruct<TPerson> personFields, ManyOptions<TInput, CompanyOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.EnrichManyAsync(AsyncInputs.From(inputs), selector, fields, personFields, options, cancellationToken);
    }
}
