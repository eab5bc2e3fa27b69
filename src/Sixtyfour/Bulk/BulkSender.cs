using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Sends one file. Its key makes sending it again safe, so it is sent until an answer comes, the retries are used up or the caller cancels.</summary>
internal sealed class BulkSender(Transport transport)
{
    /// <param name="call">The settings of the call.</param>
    /// <param name="file">What is sent.</param>
    /// <param name="key">Goes with every attempt.</param>
    /// <param name="within">For a run: waits for a permit as long as it takes, but no attempt goes beyond this time; null for a single submission.</param>
    /// <param name="cancellationToken">Honored until the end of the file is sent: from then on the answer holds an id that is paid for.</param>
    public async Task<BulkStart> SendAsync(BulkCall call, PreparedFile file, string key, TimeSpan? within, CancellationToken cancellationToken)
    {
        var route = call.Kind.Route;
        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = new BulkUpload($"sixtyfour-{Guid.NewGuid():N}", call.Config, file),
            IsRepeatable = true,
            Time = TimeoutKind.Transfer,
            StartsJob = true,
            IsBulkSubmission = true,
            IsPatient = within is not null,
            IdempotencyKey = key,
            Options = within is { } time ? call.SendingWithin(time) : call.Sending,
        };
        try
        {
            return BulkStart.Read(await transport.SendAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (SixtyfourException e) when (e.JobId is not null && e is OutcomeUnknownException or InvalidResponseException { InnerException: JsonException })
        {
            // The id arrived and the answer is malformed or incomplete: the job is known, and nothing else in the answer is needed.
            return new BulkStart(e.JobId!, RowCount: null, EstimatedCents: null, AlreadyStarted: false);
        }
        catch (InvalidResponseException e)
        {
            throw WithKey(e, key);
        }
    }

    // It may have run all the same, and the caller does not know a key that was generated here.
    private static InvalidResponseException WithKey(InvalidResponseException e, string key) =>
        new(
            $"{e.Message} Submitting again with the same idempotency key, which the inner exception carries, cannot charge twice.",
            new OutcomeUnknownException(e.Message, key, innerException: e))
        {
            ResponseBody = e.ResponseBody,
            JobId = e.JobId,
            Attempts = e.Attempts,
            SupportDetails = e.SupportDetails,
        };
}

/// <summary>The answer to a submission.</summary>
/// <param name="JobId">The job.</param>
/// <param name="RowCount">How many rows the service found; it leaves that out when it knew the key.</param>
/// <param name="EstimatedCents">At least this much will be charged; left out in the same case.</param>
/// <param name="AlreadyStarted">The service knew the key, and this is the job of its first use.</param>
internal sealed record BulkStart(string JobId, long? RowCount, decimal? EstimatedCents, bool AlreadyStarted)
{
    public static BulkStart Read(ApiAnswer<JsonElement> answer) => new(
        answer.JobId!,
        answer.Value.Member("row_count") is { ValueKind: JsonValueKind.Number } rows && rows.TryGetInt64(out var count) ? count : null,
        answer.Value.Member("estimated_cost_cents") is { ValueKind: JsonValueKind.Number } cents && cents.TryGetDecimal(out var estimate) ? estimate : null,
        answer.Value.Member("already_started").ValueKind is JsonValueKind.True);
}
