using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Sends one file. Its key makes sending it again safe, so it is sent until an answer comes, the retries are spent or the caller leaves.</summary>
internal sealed class BulkSender(Transport transport)
{
    /// <param name="call">What is asked, and how.</param>
    /// <param name="file">What is sent.</param>
    /// <param name="key">Goes with every attempt.</param>
    /// <param name="mayBeKnown">The key may have been used before.</param>
    /// <param name="within">Of a run: queues for its turn as long as that takes, but no attempt goes beyond this time; null for a submission by itself.</param>
    /// <param name="cancellationToken">Heeded until the end of the file leaves: from then on the answer holds an id that is paid for.</param>
    public async Task<BulkStart> SendAsync(BulkCall call, PreparedFile file, string key, bool mayBeKnown, TimeSpan? within, CancellationToken cancellationToken)
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
        ApiAnswer<JsonElement> answer;
        BulkStart start;
        try
        {
            answer = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            start = BulkStart.Read(answer);
        }
        catch (InvalidResponseException e)
        {
            throw WithKey(e, key);
        }

        // After a lost answer the key is known because of this very call.
        return start.AlreadyStarted && !mayBeKnown && !answer.HadDoubts ? throw UsedBefore(start, answer.Attempts) : start;
    }

    // It may have run all the same, and a key that was made here is known to nobody else.
    private static InvalidResponseException WithKey(InvalidResponseException e, string key) =>
        new($"{e.Message} Submitting again with the same idempotency key, which the inner exception carries, cannot charge twice.", new OutcomeUnknownException(e.Message, key, innerException: e))
        {
            ResponseBody = e.ResponseBody,
            JobId = e.JobId,
            Attempts = e.Attempts,
            SupportDetails = e.SupportDetails,
        };

    private static InvalidResponseException UsedBefore(BulkStart start, int attempts) =>
        new("The service knows the idempotency key of this bulk file already, though it was used for the first time. The job it named may be that of another file, and nothing new was started.")
        {
            JobId = start.JobId,
            Attempts = attempts,
            MayHaveRun = false,
        };
}

/// <summary>The answer to a submission.</summary>
/// <param name="JobId">What is paid for.</param>
/// <param name="RowCount">How many rows the service found; it leaves that out when it knew the key.</param>
/// <param name="EstimatedCents">At least this much will be charged; left out likewise.</param>
/// <param name="AlreadyStarted">The service knew the key, and this is the job of its first use.</param>
internal sealed record BulkStart(string JobId, int? RowCount, decimal? EstimatedCents, bool AlreadyStarted)
{
    public static BulkStart Read(ApiAnswer<JsonElement> answer) => new(
        answer.JobId!,
        answer.Value.Member("row_count") is { ValueKind: JsonValueKind.Number } rows && rows.TryGetInt32(out var count) ? count : null,
        answer.Value.Member("estimated_cost_cents") is { ValueKind: JsonValueKind.Number } cents && cents.TryGetDecimal(out var estimate) ? estimate : null,
        answer.Value.Member("already_started").ValueKind is JsonValueKind.True);
}
