using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

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
