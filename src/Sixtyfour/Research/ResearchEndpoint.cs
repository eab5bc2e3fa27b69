using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Research;

/// <summary>One endpoint of the agents: in one call, as a job, as many jobs. What is sent and how the answer is read is the feature's.</summary>
internal sealed partial class ResearchEndpoint(string route, Transport transport, JobPoller poller, Uri? webhookUrl)
{
    private string StartRoute => $"{route}-async";

    public async Task<TResult> CallAsync<TResult>(
        Func<Uri?, ReadOnlyMemory<byte>> write, EnrichmentOptions? options, ReadResearch<TResult> read, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        if (options?.WebhookUrl is not null)
        {
            throw new ArgumentException($"{nameof(EnrichmentOptions.WebhookUrl)} is for jobs: a synchronous call brings its answer itself.", nameof(options));
        }

        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = write(null),
            IsRepeatable = false,
            Time = TimeoutKind.Agent,
            Options = options,
        };
        var answer = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Charges.Count(read(answer.Value, chargeCents: null, jobId: null), route);
    }

    /// <param name="write">The body, with the webhook address it is given.</param>
    /// <param name="options">The call's options.</param>
    /// <param name="kind">See <see cref="JobKind"/>.</param>
    /// <param name="read">Reads the job's result.</param>
    /// <param name="cancellationToken">Heeded until the request begins to leave.</param>
    public async Task<Job<TResult>> StartAsync<TResult>(
        Func<Uri?, ReadOnlyMemory<byte>> write, EnrichmentOptions? options, string kind, ReadResearch<TResult> read, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        var id = await JobStarts.SendAsync(transport, StartRoute, write(options?.WebhookUrl ?? webhookUrl), options, cancellationToken).ConfigureAwait(false);
        return Handle(id, new PolledJobs(poller, kind, poller.Clock.GetTimestamp()), read);
    }

    public Job<TResult> GetJob<TResult>(string jobId, string kind, ReadResearch<TResult> read)
        where TResult : Enrichment => Handle(jobId, new PolledJobs(poller, kind), read);

    private static Job<TResult> Handle<TResult>(string jobId, PolledJobs jobs, ReadResearch<TResult> read)
        where TResult : Enrichment => new(jobId, jobs, snapshot => Read(snapshot, read));

    private static TResult Read<TResult>(JobSnapshot snapshot, ReadResearch<TResult> read)
        where TResult : Enrichment => JobResults.Read(snapshot, (result, end) => read(result, end.ChargeCents, end.JobId));
}

/// <summary>Reads an answer.</summary>
/// <param name="answer">The whole of it.</param>
/// <param name="chargeCents">The charge, where the end of a job names it.</param>
/// <param name="jobId">The job it is the result of, if any.</param>
internal delegate TResult ReadResearch<out TResult>(JsonElement answer, decimal? chargeCents, string? jobId)
    where TResult : Enrichment;
