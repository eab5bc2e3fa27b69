using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Many;

namespace Sixtyfour;

/// <summary>Shortcuts for <see cref="IPeopleClient"/>. All end in its own methods, so a fake of the interface sees every call.</summary>
public static class PeopleClientExtensions
{
    /// <inheritdoc cref="IPeopleClient.ResearchAsync(LeadInfo, EnrichmentStruct, EnrichmentOptions, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="fields">What to find out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Enrichment> ResearchAsync(this IPeopleClient people, LeadInfo lead, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        return people.ResearchAsync(lead, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="IPeopleClient.ResearchAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Enrichment<T>> ResearchAsync<T>(this IPeopleClient people, LeadInfo lead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        return people.ResearchAsync<T>(lead, null, cancellationToken);
    }

    /// <inheritdoc cref="IPeopleClient.ResearchAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, research plan and settings of this call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Enrichment<T>> ResearchAsync<T>(
        this IPeopleClient people, LeadInfo lead, JsonTypeInfo<T> typeInfo, EnrichmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(people);
        return people.ResearchAsync<T>(lead, EnrichmentOptions.With(options, typeInfo), cancellationToken);
    }

    /// <inheritdoc cref="IPeopleClient.StartAsync(LeadInfo, EnrichmentStruct, EnrichmentOptions, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="fields">What to find out.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<Enrichment>> StartAsync(this IPeopleClient people, LeadInfo lead, EnrichmentStruct fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        return people.StartAsync(lead, fields, null, cancellationToken);
    }

    /// <inheritdoc cref="IPeopleClient.StartAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<Enrichment<T>>> StartAsync<T>(this IPeopleClient people, LeadInfo lead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        return people.StartAsync<T>(lead, null, cancellationToken);
    }

    /// <inheritdoc cref="IPeopleClient.StartAsync{T}(LeadInfo, EnrichmentOptions, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="lead">What is known of the person.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <param name="options">Tier, research plan, webhook address and settings of this call.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public static Task<Job<Enrichment<T>>> StartAsync<T>(
        this IPeopleClient people, LeadInfo lead, JsonTypeInfo<T> typeInfo, EnrichmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(people);
        return people.StartAsync<T>(lead, EnrichmentOptions.With(options, typeInfo), cancellationToken);
    }

    /// <summary>A typed handle on a job that was started before, read with a contract of your own. Sends nothing.</summary>
    /// <param name="people">The client.</param>
    /// <param name="jobId">The id the start gave out.</param>
    /// <param name="typeInfo">The JSON contract of <typeparamref name="T"/>, used just as it is.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    public static Job<Enrichment<T>> GetJob<T>(this IPeopleClient people, string jobId, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return people.GetJob(jobId).Select(found => found.ReadAs(typeInfo));
    }

    /// <inheritdoc cref="IPeopleClient.ResearchManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct, EnrichManyOptions{TInput}, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="lead">What is known of the person of an input.</param>
    /// <param name="fields">What to find out.</param>
    /// <param name="options">Tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, Enrichment>> ResearchManyAsync<TInput>(
        this IPeopleClient people, IEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichmentStruct fields, EnrichManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(inputs);
        return people.ResearchManyAsync(AsyncInputs.From(inputs), lead, fields, options, cancellationToken);
    }

    /// <typeparam name="TInput">Whatever the caller has: a row, an id, a lead.</typeparam>
    /// <typeparam name="T">A record or class whose properties say what to find out.</typeparam>
    /// <inheritdoc cref="IPeopleClient.ResearchManyAsync{TInput}(IAsyncEnumerable{TInput}, Func{TInput, LeadInfo}, EnrichmentStruct, EnrichManyOptions{TInput}, CancellationToken)"/>
    /// <param name="people">The client.</param>
    /// <param name="inputs">Read as there is room, one at a time.</param>
    /// <param name="lead">What is known of the person of an input.</param>
    /// <param name="options">Tier, ceiling, callbacks and settings of each start; read once, now.</param>
    /// <param name="cancellationToken">Ends the run, never a job.</param>
    public static IAsyncEnumerable<Outcome<TInput, Enrichment<T>>> ResearchManyAsync<TInput, T>(
        this IPeopleClient people, IEnumerable<TInput> inputs, Func<TInput, LeadInfo> lead, EnrichManyOptions<TInput>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(inputs);
        return people.ResearchManyAsync<TInput, T>(AsyncInputs.From(inputs), lead, options, cancellationToken);
    }
}
