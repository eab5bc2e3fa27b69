using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary><c>GET /job-status/{id}</c>.</summary>
internal sealed class JobStatusCalls(Transport transport, TimeProvider clock)
{
    public const string Route = "job-status";

    /// <param name="jobId">The id from the start.</param>
    /// <param name="elapsed">How long the job has been watched; null for a single status request.</param>
    /// <param name="options">Settings of this call.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <param name="permit">A permit taken before.</param>
    public async Task<JobSnapshot> GetAsync(
        string jobId, TimeSpan? elapsed, RequestOptions? options, CancellationToken cancellationToken, SendPermit? permit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        if (jobId is "." or "..")
        {
            throw new ArgumentException($"'{jobId}' is not a job id: as part of an address it would lead elsewhere.", nameof(jobId));
        }

        var request = new ApiRequest<JsonElement>(HttpMethod.Get, $"{Route}/{Uri.EscapeDataString(jobId)}", ApiJson.Default.JsonElement)
        {
            Route = Route,
            IsRepeatable = true,
            Time = TimeoutKind.Quick,
            JobId = jobId,
            IsPoll = elapsed is not null,
            Options = options,
        };
        var asked = clock.GetTimestamp();
        var answer = await transport.SendAsync(request, cancellationToken, permit).ConfigureAwait(false);
        return JobSnapshotReader.Read(jobId, answer.Value, elapsed + clock.GetElapsedTime(asked), clock.GetUtcNow());
    }
}

/// <summary>The start of a job: its answer contains an id that is paid for.</summary>
internal static class JobStarts
{
    public static async Task<string> SendAsync(
        Transport transport, string route, RequestBody body, RequestOptions? options, CancellationToken cancellationToken, SendPermit? permit = null,
        Func<bool>? reserveRepeat = null)
    {
        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = body,
            IsRepeatable = false,
            Time = TimeoutKind.Quick,
            StartsJob = true,
            ReserveRepeat = reserveRepeat,
            Options = options,
        };
        var answer = await transport.SendAsync(request, cancellationToken, permit).ConfigureAwait(false);
        return answer.JobId!;
    }
}
