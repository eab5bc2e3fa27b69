namespace Sixtyfour;

/// <summary>
/// Researches persons: <see cref="ISixtyfourClient.Leads"/> at <c>/enrich-lead</c>, <see cref="ISixtyfourClient.People"/> at
/// <c>/people-intelligence</c>; job ids of one are valid for the other.
/// For calling and faking, not for implementing: it may gain members in a minor version.
/// </summary>
/// <remarks>
/// Every call is charged, whether or not something was found; at tier <c>low</c> the documented price is 10 cents. Prefer <see cref="StartAsync{T}"/>: a job
/// has an id, so nothing is lost when a connection breaks. A synchronous call is idle for minutes (P95 about 5, up to 10); TCP keep-alive holds NATs and
/// layer-4 balancers, but a proxy with a short idle timeout closes it, and then the outcome is unknown.
/// Sources: the vendor's lead, people-intelligence and errors pages.
/// </remarks>
public interface ILeadsClient
{
    /// <summary>Researches one person and waits for the answer on one connection. Charged.</summary>
    /// <param name="lead">What is known of the person. The service requires an e-mail address, a LinkedIn address, or a name with a company.</param>
    /// <param name="fields">What to find out, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">Tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call. Once the request is sent, the agent continues and charges, and there is no job id.</param>
    /// <exception cref="ArgumentException">The input cannot be sent; nothing was.</exception>
    /// <exception cref="InvalidRequestException">The service refused the input.</exception>
    /// <exception cref="OutcomeUnknownException">The request was sent and no usable answer came: it may have run and been charged.</exception>
    /// <exception cref="SixtyfourException">Everything else; see the page on errors and retries.</exception>
    Task<Enrichment> EnrichAsync(LeadInfo lead, EnrichmentStruct fields, LeadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Researches one person for the properties of your own type and waits for the answer on one connection. Charged.</summary>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="EnrichAsync(LeadInfo, EnrichmentStruct, LeadOptions, CancellationToken)"/>
    Task<Enrichment<T>> EnrichAsync<T>(LeadInfo lead, LeadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of one person as a job. Charged when the job ends.</summary>
    /// <param name="lead">What is known of the person. The service requires an e-mail address, a LinkedIn address, or a name with a company.</param>
    /// <param name="fields">What to find out, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">Tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Honored until sending starts; after that the call waits for the job id, because it is paid for.</param>
    /// <returns>The handle; store its id.</returns>
    /// <exception cref="ArgumentException">The input cannot be sent; nothing was.</exception>
    /// <exception cref="InvalidRequestException">The service refused the input.</exception>
    /// <exception cref="OutcomeUnknownException">The request was sent and no usable answer came: a job may run and be charged.</exception>
    /// <exception cref="SixtyfourException">Everything else; see the page on errors and retries.</exception>
    Task<Job<Enrichment>> StartAsync(LeadInfo lead, EnrichmentStruct fields, LeadStartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts the research of one person for the properties of your own type as a job. Charged when the job ends.</summary>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="StartAsync(LeadInfo, EnrichmentStruct, LeadStartOptions, CancellationToken)"/>
    Task<Job<Enrichment<T>>> StartAsync<T>(LeadInfo lead, LeadStartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Researches any number of persons as jobs, inside the request limit, and yields each outcome as it comes. Charged per person. A problem with one input is
    /// an outcome; an error that stops the run is thrown last, after everything in flight was yielded.
    /// </summary>
    /// <remarks>
    /// Nothing happens before the first outcome is asked for, and the stream can be enumerated once: a second time would pay again. Ending early or canceling
    /// stops new starts and all waits, never a job: the run waits up to 30 seconds for starts that were sent, so that each id goes through
    /// <see cref="ManyOptions{TInput, TOptions}.OnStarted"/>.
    /// </remarks>
    /// <typeparam name="TInput">Anything you have: a row, an id, a lead.</typeparam>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the person of an input.</param>
    /// <param name="fields">What to find out, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    /// <exception cref="ArgumentException">An option is out of range; nothing was sent.</exception>
    /// <exception cref="CostLimitException">The next start could exceed <see cref="ManyOptions{TInput, TOptions}.MaxCostCents"/>.</exception>
    /// <exception cref="InvalidApiKeyException">The service refused the API key.</exception>
    /// <exception cref="InsufficientCreditsException">The balance does not cover the next call.</exception>
    /// <exception cref="PermissionDeniedException">The account has no access to this.</exception>
    IAsyncEnumerable<ManyOutcome<TInput, Enrichment>> EnrichManyAsync<TInput>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct fields, ManyOptions<TInput, LeadOptions>? options = null,
        CancellationToken cancellationToken = default);

    /// <typeparam name="TInput">Anything you have: a row, an id, a lead.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out; inferred from <paramref name="fields"/>.</typeparam>
    /// <inheritdoc cref="EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, LeadOptions}, CancellationToken)"/>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the person of an input.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields than those of the type.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    IAsyncEnumerable<ManyOutcome<TInput, Enrichment<T>>> EnrichManyAsync<TInput, T>(
        IAsyncEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct<T> fields, ManyOptions<TInput, LeadOptions>? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>A handle on a job that was started before, in this process or another. Sends nothing.</summary>
    /// <param name="jobId">The id that the start returned.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<Enrichment> GetJob(string jobId);

    /// <summary>A typed handle on a job that was started before, in this process or another. Sends nothing.</summary>
    /// <typeparam name="T">The type the job was started with.</typeparam>
    /// <param name="jobId">The id that the start returned.</param>
    /// <param name="fields">The fields the job was started with; <see langword="null"/> for the properties of the type.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<Enrichment<T>> GetJob<T>(string jobId, EnrichmentStruct<T>? fields = null);
}

/// <summary>Researches persons at <c>/people-intelligence</c>. It adds no members and exists so that either address can be injected.</summary>
public interface IPeopleClient : ILeadsClient;
