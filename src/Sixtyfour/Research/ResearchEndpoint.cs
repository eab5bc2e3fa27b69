using System.Text.Json;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Research;

/// <summary>One endpoint of the agents: as a call, as a job, as many jobs. The feature writes the body and reads the answer.</summary>
internal sealed class ResearchEndpoint(string route, Transport transport, JobPoller poller, Uri? webhookUrl)
{
    public string StartRoute { get; } = $"{route}-async";

    public JobPoller Poller => poller;

    /// <summary>The webhook address of a start or a run.</summary>
    /// <exception cref="ArgumentException">The service would not accept it.</exception>
    public Uri? WebhookUrl(Uri? ofCall) => WebhookAddress.OrDefault(ofCall, webhookUrl, "options");

    public async Task<TResult> CallAsync<TResult>(
        ReadOnlyMemory<byte> body, EnrichmentOptions? options, ReadResearch<TResult> read, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        if (options?.StartWebhookUrl is not null)
        {
            throw new ArgumentException("WebhookUrl is for jobs: a synchronous call returns its answer itself.", nameof(options));
        }

        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = body,
            IsRepeatable = false,
            Time = TimeoutKind.Agent,
            Options = options,
        };
        var answer = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var result = read(answer.Value, chargeCents: null, jobId: null);
        Telemetry.Charged(result.ChargeCents, route);
        return result;
    }

    /// <param name="body">The body of the start.</param>
    /// <param name="options">The call's options.</param>
    /// <param name="kind">See <see cref="JobKind"/>.</param>
    /// <param name="read">Reads the job's result.</param>
    /// <param name="cancellationToken">Honored until sending starts.</param>
    public async Task<Job<TResult>> StartAsync<TResult>(
        ReadOnlyMemory<byte> body, EnrichmentOptions? options, string kind, ReadResearch<TResult> read, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        var id = await JobStarts.SendAsync(transport, StartRoute, body, options, cancellationToken).ConfigureAwait(false);
        return Handle(id, new PolledJobs(poller, kind, poller.Clock.GetTimestamp()), read);
    }

    /// <summary>One start of a many-run, with a permit acquired before.</summary>
    /// <param name="body">The body of the start.</param>
    /// <param name="options">The options of each start.</param>
    /// <param name="permit">The permit.</param>
    /// <param name="reserveRepeat">See <see cref="ApiRequest.ReserveRepeat"/>.</param>
    /// <param name="cancellationToken">Honored until sending starts.</param>
    public Task<string> SendStartAsync(
        ReadOnlyMemory<byte> body, EnrichmentOptions options, SendPermit permit, Func<bool> reserveRepeat, CancellationToken cancellationToken) =>
        JobStarts.SendAsync(transport, StartRoute, body, options, cancellationToken, permit, reserveRepeat);

    public IAsyncEnumerable<ManyOutcome<TInput, TResult>> RunMany<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs, ManySettings<TInput> settings, ManyWork<TInput, TResult> work, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequestMessage.Check(work.Each);
        return new SingleUse<ManyOutcome<TInput, TResult>>(
            token => new ManyRun<TInput, TResult>(this, work, settings).RunAsync(inputs, token), cancellationToken);
    }

    public Job<TResult> GetJob<TResult>(string jobId, string kind, ReadResearch<TResult> read)
        where TResult : Enrichment => Handle(jobId, new PolledJobs(poller, kind), read);

    public static TResult Read<TResult>(JobSnapshot snapshot, ReadResearch<TResult> read)
        where TResult : Enrichment => JobResults.Read(snapshot, (result, end) => read(result, end.ChargeCents, end.JobId));

    private static Job<TResult> Handle<TResult>(string jobId, PolledJobs jobs, ReadResearch<TResult> read)
        where TResult : Enrichment => new(jobId, jobs, snapshot => Read(snapshot, read));

    /// <summary>A stream that can be enumerated once: a second time would pay again.</summary>
    private sealed class SingleUse<T>(Func<CancellationToken, IAsyncEnumerable<T>> run, CancellationToken caller) : IAsyncEnumerable<T>
    {
        private int _uses;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Increment(ref _uses) is 1
            ? run(caller).GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException(
                "This run was already enumerated. Enumerating it again would start, and pay for, every job again: "
                + "begin a new run, with ResumeJobId for the jobs that were started.");
    }
}

/// <summary>Reads an answer.</summary>
/// <param name="answer">The whole answer.</param>
/// <param name="chargeCents">The charge, if the status of the job names it.</param>
/// <param name="jobId">The job, if any.</param>
internal delegate TResult ReadResearch<out TResult>(JsonElement answer, decimal? chargeCents, string? jobId)
    where TResult : Enrichment;

/// <summary>What a many-run needs from a feature.</summary>
internal sealed class ManyWork<TInput, TResult>
    where TResult : Enrichment
{
    /// <summary>A copy of the options of each start.</summary>
    public required EnrichmentOptions Each { get; init; }

    /// <summary>See <see cref="JobKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the vendor documents as the price of a call, in US cents.</summary>
    public required decimal? DocumentedCents { get; init; }

    /// <summary>Writes the start of an input. An exception stops the run.</summary>
    public required Func<TInput, ManyStart> Write { get; init; }

    public required ReadResearch<TResult> Read { get; init; }
}

/// <summary>What is sent for one input.</summary>
/// <param name="Body">The body of the start.</param>
/// <param name="Refusal">Why nothing is sent for this input; the others go on.</param>
internal readonly record struct ManyStart(ReadOnlyMemory<byte> Body, SixtyfourException? Refusal = null);
