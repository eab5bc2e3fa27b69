using Sixtyfour.Research;

namespace Sixtyfour;

/// <summary>
/// Typed calls with an <see cref="EnrichmentStruct{T}"/>, and runs over sequences. All call the interface, so a fake of it sees every call.
/// </summary>
public static class LeadsClientExtensions
{
    /// <inheritdoc cref="ILeadsClient.EnrichAsync{T}(LeadInfo, LeadOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/> with a JSON contract, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.</param>
    /// <param name="options">Tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call. Once the request is sent, the agent continues and charges, and there is no job id.</param>
    public static Task<Enrichment<T>> EnrichAsync<T>(
        this ILeadsClient leads, LeadInfo lead, EnrichmentStruct<T> fields, LeadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(fields);
        return leads.EnrichAsync<T>(lead, RequestOptions.With(options, copy => copy.TypedFields = fields), cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.StartAsync{T}(LeadInfo, LeadStartOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/> with a JSON contract, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.</param>
    /// <param name="options">Tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Honored until sending starts; after that the call waits for the job id, because it is paid for.</param>
    public static Task<Job<Enrichment<T>>> StartAsync<T>(
        this ILeadsClient leads, LeadInfo lead, EnrichmentStruct<T> fields, LeadStartOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(fields);
        return leads.StartAsync<T>(lead, RequestOptions.With(options, copy => copy.TypedFields = fields), cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, LeadOptions}, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the person of an input.</param>
    /// <param name="fields">What to find out, at most 100 fields; their number does not change the price.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<ManyOutcome<TInput, Enrichment>> EnrichManyAsync<TInput>(
        this ILeadsClient leads, IEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct fields,
        ManyOptions<TInput, LeadOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.EnrichManyAsync(AsyncInputs.From(inputs), selector, fields, options, cancellationToken);
    }

    /// <typeparam name="TInput">Anything you have: a row, an id, a lead.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out; inferred from <paramref name="fields"/>.</typeparam>
    /// <inheritdoc cref="ILeadsClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct,
    /// ManyOptions{TInput, LeadOptions}, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="inputs">Read one at a time, as capacity allows.</param>
    /// <param name="selector">What is known of the person of an input.</param>
    /// <param name="fields"><see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields than those of the type.</param>
    /// <param name="options">Options of each call, ceiling and callbacks; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<ManyOutcome<TInput, Enrichment<T>>> EnrichManyAsync<TInput, T>(
        this ILeadsClient leads, IEnumerable<TInput> inputs, Func<TInput, LeadInfo> selector, EnrichmentStruct<T> fields,
        ManyOptions<TInput, LeadOptions>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.EnrichManyAsync(AsyncInputs.From(inputs), selector, fields, options, cancellationToken);
    }
}
