namespace Sixtyfour;

/// <summary>Shortcuts for waiting.</summary>
public static class JobExtensions
{
    /// <inheritdoc cref="Job{T}.WaitAsync"/>
    /// <param name="job">The job to wait for.</param>
    /// <param name="cancellationToken">Ends the waiting, never the job.</param>
    public static Task<T> WaitAsync<T>(this Job<T> job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WaitAsync(null, cancellationToken);
    }

    /// <inheritdoc cref="Job{T}.WaitAsync"/>
    /// <param name="job">The job to wait for.</param>
    /// <param name="timeout">How long to wait before <see cref="JobStillRunningException"/>; more than zero.</param>
    /// <param name="cancellationToken">Ends the waiting, never the job.</param>
    public static Task<T> WaitAsync<T>(this Job<T> job, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WaitAsync(new JobWaitOptions { Timeout = timeout }, cancellationToken);
    }
}
