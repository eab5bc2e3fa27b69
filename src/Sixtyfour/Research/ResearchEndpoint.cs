using System.Text.Json;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Research;

/// <summary>One endpoint of the agents: in one call, as a job, as many jobs. What is sent and how the answer is read is the feature's.</summary>
internal sealed class ResearchEndpoint(string route, Transport transport, JobPoller poller, Uri? webhookUrl)
{
    public string StartRoute { get; } = $"{route}-async";

    public JobPoller Poller => poller;

    /// <summary>The webhook address of a start or a run; without one of its own that of the client.</summary>
    public Uri? WebhookUrl(Uri? own) => own ?? webhookUrl;

    public async Task<TResult> CallAsync<TResult>(
        ReadOnlyMemory<byte> body, EnrichmentOptions? options, ReadResearch<TResult> read, CancellationToken cancellationToken)
        where TResult : Enrichment
    {
        if (options?.StartWebhookUrl is not null)
        {
            throw new ArgumentException("WebhookUrl is for jobs: a synchronous call brings its answer itself.", nameof(options));
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

    /// <summary>A stream that can be enumerated once: a second time would pay a second time.</summary>
    private sealed class SingleUse<T>(Func<CancellationToken, IAsyncEnumerable<T>> run, CancellationToken caller) : IAsyncEnumerable<T>
    {
        private int _uses;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Increment(ref _uses) is 1
            ? run(caller).GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException(
                "This run was enumerated before. Enumerating it again would start, and pay for, every job again: "
                + "begin a new run, with ResumeJobId for what was started.");
    }
}

/// <summary>Reads an answer.</summary>
/// <param name="answer">The whole of it.</param>
/// <param name="chargeCents">The charge, where the end of a job names it.</param>
/// <param name="jobId">The job it is the result of, if any.</param>
internal delegate TResult ReadResearch<out TResult>(JsonElement answer, decimal? chargeCents, string? jobId)
    where TResult : Enrichment;

/// <summary>What a feature gives to a many-run.</summary>
internal sealed class ManyWork<TInput, TResult>
    where TResult : Enrichment
{
    /// <summary>A copy of the options of each start.</summary>
    public required EnrichmentOptions Each { get; init; }

    /// <summary>See <see cref="JobKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the vendor documents as the price of a call, in US cents.</summary>
    public required decimal? DocumentedCents { get; init; }

    /// <summary>The start of an input. What it throws stops the run.</summary>
    public required Func<TInput, ManyStart> Write { get; init; }

    public required ReadResearch<TResult> Read { get; init; }
}

/// <summary>What is sent for one input.</summary>
/// <param name="Body">The body of the start.</param>
/// <param name="Refusal">Why nothing is sent for this input; it concerns no other.</param>
internal readonly record struct ManyStart(ReadOnlyMemory<byte> Body, SixtyfourException? Refusal = null);
