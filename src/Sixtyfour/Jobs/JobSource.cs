using System.Runtime.CompilerServices;

namespace Sixtyfour.Jobs;

/// <summary>Where a handle gets the status of its job: the service, or a test.</summary>
internal interface IJobSource
{
    Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken);

    IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, JobWaitOptions? options, CancellationToken cancellationToken);

    /// <summary>The exception of a job that ended as <paramref name="last"/> says.</summary>
    SixtyfourException Failure(JobSnapshot last);
}

/// <summary>The poller for handles on jobs of one kind.</summary>
/// <param name="poller">Polls the jobs.</param>
/// <param name="kind">See <see cref="JobKind"/>.</param>
/// <param name="started">The time stamp of the start, where it was made in this process.</param>
internal sealed class PolledJobs(JobPoller poller, string kind, long? started = null) : IJobSource
{
    public Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken) => poller.GetStatusAsync(jobId, null, cancellationToken);

    public IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, JobWaitOptions? options, CancellationToken cancellationToken) =>
        poller.WatchAsync(new(jobId, kind, started) { IsSingle = true, ExpectsWebhook = options?.ExpectWebhook ?? false }, options, cancellationToken);

    public SixtyfourException Failure(JobSnapshot last) => JobPoller.Failure(last);
}

/// <summary>A job that has already ended and sends nothing, for tests.</summary>
internal sealed class FinishedJob(JobSnapshot end, SixtyfourException? error) : IJobSource
{
    public Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken) => Task.FromResult(end);

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(
        string jobId, JobWaitOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        options?.Progress?.Report(end);
        yield return end;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public SixtyfourException Failure(JobSnapshot last) => error!;
}

/// <summary>The kinds of jobs that run about equally long. Both endpoints of a person's research are one kind.</summary>
internal static class JobKind
{
    public const string Unknown = "";
    public const string Bulk = "bulk";

    // The service's default.
    private static readonly Tier DefaultTier = Tier.Low;

    public static string Person(Tier tier) => $"person:{Word(tier)}";

    public static string Company(Tier tier) => $"company:{Word(tier)}";

    private static string Word(Tier tier) => Json.OpenWord.Canonical((tier.IsSpecified ? tier : DefaultTier).Value);
}
