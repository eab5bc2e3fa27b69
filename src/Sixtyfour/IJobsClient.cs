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

    /// <summary>Says that a job has news, as a webhook does: a job that is waited for in this process is polled at once. Unknown ids are ignored.</summary>
    /// <param name="jobId">The id of the job.</param>
    void Notify(string jobId);

    /// <summary>
    /// Takes the body of a webhook that was verified (<see cref="SixtyfourWebhook.Verify"/>): reads it with the JSON contracts of this client, and notifies its
    /// job as <see cref="Notify"/> does. Sends nothing by itself.
    /// </summary>
    /// <param name="body">The body; it may be reused afterwards.</param>
    /// <param name="headers">What the headers of the delivery say, if they are at hand.</param>
    /// <returns>What <see cref="SixtyfourWebhook.Parse"/> returns for it.</returns>
    /// <exception cref="InvalidResponseException">The body is not UTF-8, not a JSON object, or nested more than 64 levels deep. It is not quoted.</exception>
    WebhookEvent Receive(ReadOnlyMemory<byte> body, WebhookHeaders? headers = null);
}
