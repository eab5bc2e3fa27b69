using System.Text.Json;

namespace Sixtyfour;

/// <summary>Jobs of any kind by their id. For calling and faking, not for implementing: it may gain members in a minor version.</summary>
public interface IJobsClient
{
    /// <summary>A handle on a job of any kind; its result is the raw JSON. Sends nothing.</summary>
    /// <param name="jobId">The id a start gave out.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<JsonElement> GetJob(string jobId);

    /// <summary>Asks once where a job stands. Costs nothing but one request of the limit.</summary>
    /// <param name="jobId">The id a start gave out.</param>
    /// <param name="options">Settings of this call.</param>
    /// <param name="cancellationToken">Ends the asking, never the job.</param>
    /// <exception cref="SixtyfourException">The job could not be asked about; it carries the job's id.</exception>
    Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Says that a job has news, as a webhook does: whoever waits for it in this process looks at once. Cheap; unknown ids are ignored.</summary>
    /// <param name="jobId">The id of the job.</param>
    void Notify(string jobId);
}
