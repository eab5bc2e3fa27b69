using System.Text.Json;
using System.Text.Unicode;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Webhooks;

/// <summary>Reads the event in a body. The form of a bulk event is not documented, so both likely ones are read.</summary>
internal static class EventReader
{
    public static WebhookEvent Read(ReadOnlyMemory<byte> body, WebhookHeaders? given, JsonContracts? contracts)
    {
        var raw = ObjectIn(body);
        var headers = new Headers(given?.EventId ?? raw.MemberText("event_id"), given?.EventType, given?.DeliveryAttempt ?? 0);
        if (JobId(raw) is { } jobId)
        {
            return OfJob(jobId, raw, headers, contracts);
        }

        if (Id(raw, "run_id") is not { } runId)
        {
            return Unknown(raw, headers);
        }

        return IsBulk(raw, headers)
            ? OfJob(runId, raw, headers, contracts)
            : new WorkflowEvent { EventId = headers.EventId, EventType = headers.EventType, DeliveryAttempt = headers.Attempt, Raw = raw, RunId = runId };
    }

    // "task_id" in every documented event; the status of a job calls it "id", beside a "run_id" of something else.
    private static string? JobId(JsonElement raw) => Id(raw, "task_id") ?? (raw.MemberText("status") is null ? null : Id(raw, "id"));

    // A text with a replacement character is not a valid id.
    private static string? Id(JsonElement raw, string name) => raw.MemberText(name) is { } id && !id.Contains('\uFFFD') ? id : null;

    private static JsonElement ObjectIn(ReadOnlyMemory<byte> body)
    {
        // JsonDocument accepts invalid UTF-8 in a text until that text is read.
        if (!Utf8.IsValid(body.Span))
        {
            throw new InvalidResponseException("The body of the webhook is not UTF-8.");
        }

        try
        {
            var root = JsonSerializer.Deserialize(LenientJson.Normalize(body.Span), ApiJson.Default.JsonElement);
            return root.ValueKind is JsonValueKind.Object
                ? root
                : throw new InvalidResponseException($"The body of the webhook is a JSON {root.ValueKind}; an object was expected.");
        }
        catch (JsonException)
        {
            // Not the inner exception: its message quotes the body.
            throw new InvalidResponseException("The body of the webhook is not JSON, or is nested more than 64 levels deep.");
        }
    }

    private static WebhookEvent OfJob(string jobId, JsonElement raw, Headers headers, JsonContracts? contracts)
    {
        var job = JobSnapshotReader.ReadObject(jobId, raw, TimeSpan.Zero, now: default);
        var isBulk = IsBulk(raw, headers);

        // A bulk job may come in the envelope of a workflow, which is sent at the end and has no status.
        var isDone = job.Status.IsSuccess || (isBulk && job.Status == default);
        if (!isDone)
        {
            return !job.Status.IsTerminal ? Unknown(raw, headers) : new JobFailedEvent
            {
                EventId = headers.EventId,
                EventType = headers.EventType,
                DeliveryAttempt = headers.Attempt,
                Raw = raw,
                JobId = jobId,
                TaskType = job.TaskType,
                Error = job.Error,
            };
        }

        return isBulk
            ? new BulkCompletedEvent
            {
                EventId = headers.EventId,
                EventType = headers.EventType,
                DeliveryAttempt = headers.Attempt,
                Raw = raw,
                JobId = jobId,
                TaskType = job.TaskType,
                ChargeCents = job.ChargeCents,
            }
            : new JobCompletedEvent
            {
                EventId = headers.EventId,
                EventType = headers.EventType,
                DeliveryAttempt = headers.Attempt,
                Raw = raw,
                JobId = jobId,
                TaskType = job.TaskType,
                ChargeCents = job.ChargeCents,
                Contracts = contracts,
            };
    }

    private static WebhookEvent Unknown(JsonElement raw, Headers headers) =>
        new() { EventId = headers.EventId, EventType = headers.EventType, DeliveryAttempt = headers.Attempt, Raw = raw };

    /// <summary>
    /// Whether it has files instead of an inline result; without either the name of the task decides. The block of a workflow is never a bulk event.
    /// </summary>
    private static bool IsBulk(JsonElement raw, Headers headers)
    {
        if (raw.Member("result").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            return false;
        }

        return JobId(raw) is not null && raw.Member("results").ValueKind is JsonValueKind.Array
            || NamesBulk(raw.MemberText("task_type"))
            || NamesBulk(headers.EventType);
    }

    private static bool NamesBulk(string? word) => word is not null && word.Contains("bulk", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Headers(string? EventId, string? EventType, int Attempt);
}
