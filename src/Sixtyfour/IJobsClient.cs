using System.Text.Json;

namespace Sixtyfour;

/// <summary>Jobs of any kind by id. For calling and faking, not for implementing: it may gain members in a minor version.</summary>
public interface IJobsClient
{
    /// <summary>A handle on a job of any kind; its result is the raw JSON. Sends nothing.</summary>
    /// <param name="jobId">The id from the start of the job.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is empty or white space.</exception>
    Job<JsonElement> GetJob(string jobId);

    /// <summary>Gets the status of a job once. Free of charge; it counts as one request against the limit.</summary>
    /// <param name="jobId">The id from the start of the job.</param>
    /// <param name="options">Settings of this call.</param>
    /// <param name="cancellationToken">Cancels the request, never the job.</param>
    /// <exception cref="ArgumentException"><paramref name="jobId"/> is not a job id.</exception>
    /// <exception cref="SixtyfourException">The status could not be read; the exception has the job's id.</exception>
    Task<JobSnapshot> GetStatusAsync(string jobId, RequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reports a change of a job, as a webhook does: if this process waits for the job, it is polled at once. Unknown ids are ignored.</summary>
    /// <param name="jobId">The id of the job.</param>
    /// <exception cref="ArgumentNullException"><paramref name="jobId"/> is <see langword="null"/>.</exception>
    void Notify(string jobId);

    /// <summary>
    /// Receives the body of a verified webhook (<see cref="SixtyfourWebhook.Verify"/>): reads it with the JSON contracts of this client, and notifies its job
    /// as <see cref="Notify"/> does. Sends nothing by itself.
    /// </summary>
    /// <param name="body">The body; it may be reused afterwards.</param>
    /// <param name="headers">The headers of the delivery, if you have them.</param>
    /// <returns>What <see cref="SixtyfourWebhook.Parse"/> returns for it.</returns>
    /// <exception cref="InvalidResponseException">
    /// The body is not UTF-8, not a JSON object, or nested more than 64 levels deep. The message does not quote it.
    /// </exception>
    WebhookEvent Receive(ReadOnlyMemory<byte> body, WebhookHeaders? headers = null);
}
