namespace Sixtyfour;

/// <summary>
/// Researches a company, and its people if you ask for them, through <c>/company-intelligence</c>.
/// For calling and faking, not for implementing: it may gain members in a minor version.
/// </summary>
/// <remarks>
/// Every call is charged, whether or not something was found; no price is documented, and finding people can raise it. Prefer
/// <see cref="StartAsync{T}"/>: a job has an id, so nothing is lost when a connection breaks. A synchronous call is idle for 5 to 10 minutes; a proxy with a
/// short idle timeout closes it, and then the outcome is unknown. Sources: the vendor's company, company-intelligence and errors pages, and its notebook.
/// </remarks>
public interface ICompaniesClient
{
    /// <summary>Researches one company and waits for the answer on one connection. Charged.</summary>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields">What to find out about the company, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">People, tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call. Once the request is sent, the agent continues and charges, and there is no job id.</param>
    /// <exception cref="ArgumentException">The input cannot be sent; nothing was.</exception>
    /// <exception cref="InvalidRequestException">The service refused the input.</exception>
    /// <exception cref="OutcomeUnknownException">The request was sent and no usable answer came: it may have run and been charged.</exception>
    /// <exception cref="SixtyfourException">Everything else; see the page on errors and retries.</exception>
    Task<CompanyEnrichment> EnrichAsync(
        CompanyInfo company, EnrichmentStruct fields, CompanyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Researches one company for the properties of your own type and waits for the answer on one connection. Charged.</summary>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="EnrichAsync(CompanyInfo, EnrichmentStruct, CompanyOptions, CancellationToken)"/>
    Task<CompanyEnrichment<T>> EnrichAsync<T>(CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Researches one company and finds its people, both for your own types, and waits for the answer on one connection. Charged.</summary>
    /// <typeparam name="T">A record or class whose properties say what to find out about the company.</typeparam>
    /// <typeparam name="TPerson">A record or class whose properties say what to find out about each person.</typeparam>
    /// <inheritdoc cref="EnrichAsync(CompanyInfo, EnrichmentStruct, CompanyOptions, CancellationToken)"/>
    Task<CompanyEnrichment<T, TPerson>> EnrichAsync<T, TPerson>(
        CompanyInfo company, CompanyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of one company as a job. Charged when the job ends.</summary>
    /// <param name="company">What is known of the company.</param>
    /// <param name="fields">What to find out about the company, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">People, tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Honored until sending starts; after that the call waits for the job id, because it is paid for.</param>
    /// <returns>The handle; store its id.</returns>
    /// <exception cref="ArgumentException">The input cannot be sent; nothing was.</exception>
    /// <exception cref="InvalidRequestException">The service refused the input.</exception>
    /// <exception cref="OutcomeUnknownException">The request was sent and no usable answer came: a job may run and be charged.</exception>
    /// <exception cref="SixtyfourException">Everything else; see the page on errors and retries.</exception>
    Task<Job<CompanyEnrichment>> StartAsync(
        CompanyInfo company, EnrichmentStruct fields, CompanyStartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of one company for the properties of your own type as a job. Charged when the job ends.</summary>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="StartAsync(CompanyInfo, EnrichmentStruct, CompanyStartOptions, CancellationToken)"/>
    Task<Job<CompanyEnrichment<T>>> StartAsync<T>(CompanyInfo company, CompanyStartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of one company and its people, both for your own types, as a job. Charged when the job ends.</summary>
    /// <typeparam name="T">A record or class whose properties say what to find out about the company.</typeparam>
    /// <typeparam name="TPerson">A record or class whose properties say what to find out about each person.</typeparam>
    /// <inheritdoc cref="StartAsync(CompanyInfo, EnrichmentStruct, CompanyStartOptions, CancellationToken)"/>
    Task<Job<CompanyEnrichment<T, TPerson>>> StartAsync<T, TPerson>(
        CompanyInfo company, CompanyStartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Researches any number of companies as jobs, inside the request limit, and yields each outcome as it comes. Charged per company. A problem with one input
    /// is an outcome; an error that stops the run is thrown last, after everything in flight was yielded.
    /// </summary>
    /// <remarks>
    /// Nothing happens before the first outcome is asked for, and the stream can be enumerated once: a second time would pay again. Ending early or canceling
    /// stops new starts and all waits, never a job: the run waits up to 30 seconds for starts that were sent, so that each id goes through
    /// <see cref="ManyOptions{TInput, TOptions}.OnStarted"/>.
    /// </remarks>
    /// <typeparam name="TInput">Anything you have: a row, an id, a company.</typeparam>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the company of an input.</param>
    /// <param name="fields">What to find out about each company, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    /// <exception cref="ArgumentException">An option is out of range; nothing was sent.</exception>
    /// <exception cref="CostLimitException">The next start could exceed <see cref="ManyOptions{TInput, TOptions}.MaxCostCents"/>.</exception>
    /// <exception cref="InvalidApiKeyException">The service refused the API key.</exception>
    /// <exception cref="InsufficientCreditsException">The balance does not cover the next call.</exception>
    /// <exception cref="PermissionDeniedException">The account has no access to this.</exception>
    IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment>> EnrichManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct fields, ManyOptions<TInput, CompanyOptions>? options = null,
        CancellationToken cancellationToken = default);

    /// <typeparam name="TInput">Anything you have: a row, an id, a company.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out; inferred from <paramref name="fields"/>.</typeparam>
    /// <inheritdoc cref="EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, CompanyOptions}, CancellationToken)"/>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the company of an input.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields than those of the type.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment<T>>> EnrichManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct<T> fields, ManyOptions<TInput, CompanyOptions>? options = null,
        CancellationToken cancellationToken = default);

    /// <typeparam name="TInput">Anything you have: a row, an id, a company.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out about the company; inferred from <paramref name="fields"/>.</typeparam>
    /// <typeparam name="TPerson">The same about each person; inferred from <paramref name="personFields"/>.</typeparam>
    /// <inheritdoc cref="EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, CompanyInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, CompanyOptions}, CancellationToken)"/>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the company of an input.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields than those of the type.</param>
    /// <param name="personFields">The same about each person; people are always found, without <see cref="CompanyOptions.FindPeople"/>.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    IAsyncEnumerable<ManyOutcome<TInput, CompanyEnrichment<T, TPerson>>> EnrichManyAsync<TInput, T, TPerson>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, CompanyInfo> selector, EnrichmentStruct<T> fields, EnrichmentStruct<TPerson> personFields,
        ManyOptions<TInput, CompanyOptions>? options = null, CancellationToken cancellationToken = default);

    /// <summary>A handle on a job that was started before, in this process or another. Sends nothing.</summary>
    /// <param name="jobId">The id that the start returned.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<CompanyEnrichment> GetJob(string jobId);

    /// <summary>A typed handle on a job that was started before, in this process or another. Sends nothing.</summary>
    /// <typeparam name="T">The type the job was started with.</typeparam>
    /// <param name="jobId">The id that the start returned.</param>
    /// <param name="fields">The fields the job was started with; <see langword="null"/> for the properties of the type.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<CompanyEnrichment<T>> GetJob<T>(string jobId, EnrichmentStruct<T>? fields = null);

    /// <summary>A handle, typed for the company and its people, on a job that was started before, in this process or another. Sends nothing.</summary>
    /// <typeparam name="T">The type of the company the job was started with.</typeparam>
    /// <typeparam name="TPerson">The type of a person the job was started with.</typeparam>
    /// <param name="jobId">The id that the start returned.</param>
    /// <param name="fields">The fields the job was started with; <see langword="null"/> for the properties of the type.</param>
    /// <param name="personFields">The same about each person.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<CompanyEnrichment<T, TPerson>> GetJob<T, TPerson>(
        string jobId, EnrichmentStruct<T>? fields = null, EnrichmentStruct<TPerson>? personFields = null);
}
