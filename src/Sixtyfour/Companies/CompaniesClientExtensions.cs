using Sixtyfour.Many;

namespace Sixtyfour;

/// <summary>Shortcuts for <see cref="ICompaniesClient"/>. All end in its own methods, so a fake of the interface sees every call.</summary>
public static class CompaniesClientExtensions
{
    /// <inheritdoc cref="ICompaniesClient.ResearchAsync(CompanyInfo, EnrichmentStruct, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields">What to find out about the company.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<CompanyEnrichment> ResearchAsync(this ICompaniesClient companies, CompanyInfo company, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.ResearchAsync(company, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.ResearchAsync{T}(CompanyInfo, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<CompanyEnrichment<T>> ResearchAsync<T>(this ICompaniesClient companies, CompanyInfo company, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.ResearchAsync<T>(company, null, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.ResearchAsync{T, TPerson}(CompanyInfo, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<CompanyEnrichment<T, TPerson>> ResearchAsync<T, TPerson>(this ICompaniesClient companies, CompanyInfo company, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.ResearchAsync<T, TPerson>(company, null, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.StartAsync(CompanyInfo, EnrichmentStruct, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields">What to find out about the company.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<CompanyEnrichment>> StartAsync(this ICompaniesClient companies, CompanyInfo company, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.StartAsync(company, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.StartAsync{T}(CompanyInfo, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<CompanyEnrichment<T>>> StartAsync<T>(this ICompaniesClient companies, CompanyInfo company, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.StartAsync<T>(company, null, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.StartAsync{T, TPerson}(CompanyInfo, CompanyOptions, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="company">What is known of the company.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<CompanyEnrichment<T, TPerson>>> StartAsync<T, TPerson>(this ICompaniesClient companies, CompanyInfo company, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(companies);
        return companies.StartAsync<T, TPerson>(company, null, cancellationToken);
    }

    /// <inheritdoc cref="ICompaniesClient.ResearchManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct, CompanyManyOptions{TInput}, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="company">What is known of the company of an input.</param>
    /// <param name="fields">What to find out about each company.</param>
    /// <param name="options">People, tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, CompanyEnrichment>> ResearchManyAsync<TInput>(
        this ICompaniesClient companies, IEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, EnrichmentStruct fields, CompanyManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(inputs);
        return companies.ResearchManyAsync(AsyncInputs.From(inputs), company, fields, options, cancellationToken);
    }

    /// <typeparam name="TInput">Whatever the caller has: a row, an id, a company.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="ICompaniesClient.ResearchManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct, CompanyManyOptions{TInput}, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="company">What is known of the company of an input.</param>
    /// <param name="options">People, tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, CompanyEnrichment<T>>> ResearchManyAsync<TInput, T>(
        this ICompaniesClient companies, IEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, CompanyManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(inputs);
        return companies.ResearchManyAsync<TInput, T>(AsyncInputs.From(inputs), company, options, cancellationToken);
    }

    /// <typeparam name="TInput">Whatever the caller has: a row, an id, a company.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <typeparam name="TPerson">A record or class whose properties say what to find out about each person.</typeparam>
    /// <inheritdoc cref="ICompaniesClient.ResearchManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct, CompanyManyOptions{TInput}, CancellationToken)"/>
    /// <param name="companies">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="company">What is known of the company of an input.</param>
    /// <param name="options">People, tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, CompanyEnrichment<T, TPerson>>> ResearchManyAsync<TInput, T, TPerson>(
        this ICompaniesClient companies, IEnumerable<TInput> inputs, Func<TInput, CompanyInfo> company, CompanyManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(companies);
        ArgumentNullException.ThrowIfNull(inputs);
        return companies.ResearchManyAsync<TInput, T, TPerson>(AsyncInputs.From(inputs), company, options, cancellationToken);
    }
}
