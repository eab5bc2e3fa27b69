using System.Globalization;
using System.Text.Json;
using Sixtyfour.Fields.Reading;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>Reads a status answer in any of its forms: only the status is always there, and even that is not insisted on.</summary>
internal static class JobSnapshotReader
{
    // Ten thousand million dollars; more is a mistake, and sums of it would overflow.
    private const decimal MostCents = 1_000_000_000_000;

    public static JobSnapshot Read(string jobId, JsonElement answer, TimeSpan? elapsed, DateTimeOffset now)
    {
        if (answer.ValueKind is not JsonValueKind.Object)
        {
            throw new InvalidResponseException($"The status of job {jobId} came as {answer.ValueKind} where an object was due.") { JobId = jobId };
        }

        var started = Time(answer, "start_time");
        return new()
        {
            JobId = jobId,
            Status = new(answer.MemberText("status") ?? ""),
            Elapsed = elapsed ?? (started is { } begun && now > begun ? now - begun : TimeSpan.Zero),
            TaskType = answer.MemberText("task_type"),
            StartedAt = started,
            FinishedAt = Time(answer, "close_time"),
            CompletedItems = Count(answer, "processed_items"),
            TotalItems = Count(answer, "total_items"),
            ChargeCents = Number(answer, "charge_amount", MostCents) ?? Number(answer, "cost_cents", MostCents),
            Error = ErrorText(answer),
            Raw = answer,
        };
    }

    private static DateTimeOffset? Time(JsonElement answer, string name) =>
        answer.MemberText(name) is { } text ? DateText.Read(text) : null;

    private static long? Count(JsonElement answer, string name) =>
        Number(answer, name, long.MaxValue) is { } number && number == decimal.Truncate(number) ? (long)number : null;

    private static decimal? Number(JsonElement answer, string name, decimal most) => answer.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) && value >= 0 && value <= most => value,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(text.TextOrNull(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= most => value,
        _ => null,
    };

    private static string? ErrorText(JsonElement answer)
    {
        var error = answer.Member("error");
        return error.ValueKind is JsonValueKind.Object ? error.MemberText("message") ?? error.MemberText("code") : error.TextOrNull();
    }
}
