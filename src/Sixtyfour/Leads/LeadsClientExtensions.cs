using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Many;

namespace Sixtyfour;

/// <summary>Shortcuts for <see cref="ILeadsClient"/>. All end in its own methods, so a fake of the interface sees every call.</summary>
public static class LeadsClientExtensions
{
    /// <inheritdoc cref="ILeadsClient.EnrichAsync(LeadInfo, EnrichmentStruct, EnrichmentOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="fields">What to find out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Enrichment> EnrichAsync(this ILeadsClient leads, LeadInfo lead, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.EnrichAsync(lead, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.EnrichAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Enrichment<T>> EnrichAsync<T>(this ILeadsClient leads, LeadInfo lead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.EnrichAsync<T>(lead, null, cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.EnrichAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Enrichment<T>> EnrichAsync<T>(
        this ILeadsClient leads, LeadInfo lead, JsonTypeInfo<T> typeInfo, EnrichmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.EnrichAsync<T>(lead, EnrichmentOptions.With(options, typeInfo), cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.StartAsync(LeadInfo, EnrichmentStruct, EnrichmentOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="fields">What to find out.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<Enrichment>> StartAsync(this ILeadsClient leads, LeadInfo lead, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.StartAsync(lead, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.StartAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<Enrichment<T>>> StartAsync<T>(this ILeadsClient leads, LeadInfo lead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.StartAsync<T>(lead, null, cancellationToken);
    }

    /// <inheritdoc cref="ILeadsClient.StartAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<Enrichment<T>>> StartAsync<T>(
        this ILeadsClient leads, LeadInfo lead, JsonTypeInfo<T> typeInfo, EnrichmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        return leads.StartAsync<T>(lead, EnrichmentOptions.With(options, typeInfo), cancellationToken);
    }

    /// <summary>A typed handle on a job that was started before, read with a contract of your own. Sends nothing.</summary>
    /// <param name="leads">The client.</param>
    /// <param name="jobId">The id the start gave out.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    public static Job<Enrichment<T>> GetJob<T>(this ILeadsClient leads, string jobId, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return leads.GetJob(jobId).Select(found => found.ReadAs(typeInfo));
    }

    /// <inheritdoc cref="ILeadsClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct, EnrichManyOptions{TInput}, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="lead">What is known of the person of an input.</param>
    /// <param name="fields">What to find out.</param>
    /// <param name="options">Tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, Enrichment>> EnrichManyAsync<TInput>(
        this ILeadsClient leads, IEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichmentStruct fields, EnrichManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(inputs);
        return leads.EnrichManyAsync(AsyncInputs.From(inputs), lead, fields, options, cancellationToken);
    }

    /// <typeparam name="TInput">Whatever the caller has: a row, an id, a lead.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="ILeadsClient.EnrichManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct, EnrichManyOptions{TInput}, CancellationToken)"/>
    /// <param name="leads">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="lead">What is known of the person of an input.</param>
    /// <param name="options">Tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, Enrichment<T>>> EnrichManyAsync<TInput, T>(
        this ILeadsClient leads, IEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(inputs);
        return leads.EnrichManyAsync<TInput, T>(AsyncInputs.From(inputs), lead, options, cancellationToken);
    }
}
