using System.Text.Json.Serialization.Metadata;

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
}
