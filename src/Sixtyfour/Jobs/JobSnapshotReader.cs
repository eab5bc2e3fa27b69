using System.Globalization;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>Reads a status answer in any of its forms: only the status is always there.</summary>
internal static class JobSnapshotReader
{
    // Ten billion dollars; a larger amount is a mistake, and sums of it would overflow.
    private const decimal MostCents = 1_000_000_000_000;

    private const int MostNested = 3;
    private const int MostReasons = 5;
    private static readonly string[] ReasonNames = ["error", "error_message", "errors", "detail", "message", "msg"];

    /// <summary>Reads the answer to a status request; one that tells no status and no end is not an answer about the job.</summary>
    public static JobSnapshot Read(string jobId, JsonElement answer, TimeSpan? elapsed, DateTimeOffset now)
    {
        var inner = Unwrapped(answer, 0);
        if (inner.ValueKind is not JsonValueKind.Object)
        {
            throw new InvalidResponseException($"The status of job {jobId} came as {inner.ValueKind} where an object was expected.") { JobId = jobId };
        }

        var snapshot = ReadObject(jobId, inner, elapsed, now);
        return snapshot.Status is { IsSpecified: false, IsTerminal: false } ? throw WithoutStatus(jobId, inner) : snapshot;
    }

    /// <summary>Reads an object that need not tell a status, such as the body of a webhook.</summary>
    public static JobSnapshot ReadObject(string jobId, JsonElement answer, TimeSpan? elapsed, DateTimeOffset now)
    {
        var started = Time(answer, "start_time");
        var finished = Time(answer, "close_time");
        var status = Status(answer, finished is not null);
        return new()
        {
            JobId = jobId,
            Status = status,
            Elapsed = elapsed ?? (started is { } begun && now > begun ? now - begun : TimeSpan.Zero),
            TaskType = answer.MemberText("task_type"),
            StartedAt = started,
            FinishedAt = finished,
            CompletedItems = Count(answer, "processed_items"),
            TotalItems = Count(answer, "total_items"),
            ChargeCents = Number(answer, "charge_amount", MostCents) ?? Number(answer, "cost_cents", MostCents),
            Error = status is { IsTerminal: true, IsSuccess: false } ? Reason(answer, 0) : Text(answer.Member("error"), 0),
            Raw = answer,
        };
    }

    private static JsonElement Unwrapped(JsonElement answer, int depth) => answer.ValueKind switch
    {
        _ when depth is MostNested => answer,
        JsonValueKind.Array when answer.GetArrayLength() is 1 => Unwrapped(answer[0], depth + 1),
        JsonValueKind.Object when answer.MemberText("status") is null
            && Unwrapped(answer.Member("data"), depth + 1) is var data && data.MemberText("status") is not null => data,
        _ => answer,
    };

    // Only the name of what it tells: the text may repeat the key.
    private static InvalidResponseException WithoutStatus(string jobId, JsonElement answer)
    {
        var told = ReasonNames.FirstOrDefault(name => Text(answer.Member(name), 0) is not null) is { } reason ? $", only '{reason}'" : "";
        return new($"The answer about job {jobId} has no status{told}. The job may still run, and waiting again costs nothing.") { JobId = jobId };
    }

    private static DateTimeOffset? Time(JsonElement answer, string name) =>
        answer.MemberText(name) is { } text ? DateText.Read(text) : null;

    private static long? Count(JsonElement answer, string name) =>
        Number(answer, name, long.MaxValue) is { } number && number == decimal.Truncate(number) ? (long)number : null;

    private static decimal? Number(JsonElement answer, string name, decimal most) => answer.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) && value >= 0 && value <= most => value,
        { ValueKind: JsonValueKind.String } text
            when decimal.TryParse(text.TextOrNull(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= most => value,
        _ => null,
    };

    // A word this version does not know must not keep a wait from ending where the answer shows the end.
    private static JobStatus Status(JsonElement answer, bool hasCloseTime)
    {
        var word = answer.MemberText("status") ?? "";
        var status = new JobStatus(word);
        return status.IsKnown || !hasCloseTime ? status
            : Text(answer.Member("error"), 0) is not null ? new(word, JobStatus.Failed)
            : HasResult(answer) ? new(word, JobStatus.Completed)
            : status;
    }

    private static bool HasResult(JsonElement answer) =>
        answer.Member("result").ValueKind is JsonValueKind.Object or JsonValueKind.Array || answer.Member("results").ValueKind is JsonValueKind.Array;

    // The error text has many names, some of them one level down.
    private static string? Reason(JsonElement from, int depth)
    {
        foreach (var name in ReasonNames)
        {
            if (Text(from.Member(name), depth) is { } text)
            {
                return text;
            }
        }

        return from.Member("result") is { ValueKind: JsonValueKind.Object } result && depth is 0 ? Reason(result, depth + 1) : null;
    }

    private static string? Text(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when depth < MostNested => Reason(value, depth + 1) ?? value.MemberText("code"),
        JsonValueKind.Array when depth < MostNested => Joined(value, depth + 1),
        JsonValueKind.String => value.TextOrNull(),
        _ => null,
    };

    private static string? Joined(JsonElement list, int depth)
    {
        var texts = list.EnumerateArray().Select(item => Text(item, depth)).Where(text => text is not null).Take(MostReasons).ToList();
        return texts.Count > 0 ? string.Join("; ", texts) : null;
    }
}
