using System.Runtime.CompilerServices;

namespace Sixtyfour.Jobs;

/// <summary>A job that has ended already and sends nothing; what tests are given.</summary>
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
