using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Control;

/// <summary>What the emulator has seen and holds, as JSON.</summary>
internal static class StateReport
{
    public static JsonObject Summary(SixtyfourEmulator emulator) => new()
    {
        ["endpoint"] = emulator.Endpoint.ToString(),
        ["now"] = Time(emulator.Clock.GetUtcNow()),
        ["requests"] = emulator.Requests.Count,
        ["connections_accepted"] = emulator.ConnectionsAccepted,
        ["connections_open"] = emulator.ConnectionsOpen,
        ["jobs"] = new JsonObject(emulator.Jobs.GroupBy(job => job.Status.Value).Select(jobs => KeyValuePair.Create(jobs.Key, (JsonNode?)jobs.Count()))),
        ["faults_left"] = emulator.FaultsLeft,
        ["charged_cents"] = JsonText.Number(emulator.ChargedCents),
        ["balance_cents"] = JsonText.Number(emulator.BalanceCents),
    };

    public static JsonArray Requests(SixtyfourEmulator emulator) => new([.. emulator.Requests.Select(Request)]);

    public static JsonArray Jobs(SixtyfourEmulator emulator) => new([.. emulator.Jobs.Select(Job)]);

    public static JsonArray Deliveries(SixtyfourEmulator emulator) => new([.. emulator.Deliveries.Select(Delivery)]);

    public static JsonObject Job(EmulatorJob job) => new()
    {
        ["id"] = job.Id,
        ["path"] = job.Path,
        ["task_type"] = job.TaskType,
        ["rows"] = job.Rows,
        ["status"] = job.Status.Value,
        ["started_at"] = Time(job.StartedAt),
        ["finished_at"] = job.FinishedAt is { } end ? Time(end) : null,
        ["charge_cents"] = JsonText.Number(job.ChargeCents),
        ["error"] = job.Error,
    };

    private static JsonObject Delivery(WebhookDelivery delivery) => new()
    {
        ["event_id"] = delivery.EventId,
        ["event_type"] = delivery.EventType,
        ["job_id"] = delivery.JobId,
        ["attempt"] = delivery.Attempt,
        ["sent_at"] = Time(delivery.SentAt),
        ["signatures"] = delivery.Signatures,
        ["status_code"] = delivery.StatusCode,
        ["failure"] = delivery.Failure,
    };

    private static JsonObject Request(EmulatorRequest request) => new()
    {
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["query"] = request.Query,
        ["request_id"] = request.RequestId,
        ["received_at"] = Time(request.ReceivedAt),
        ["status_code"] = request.StatusCode,
        ["headers"] = new JsonObject(request.HeaderLines.Select(header => KeyValuePair.Create(header.Key, Values(header.Value)))),
        ["body"] = request.Body is { } body ? JsonText.ToNode(body) : null,
    };

    // A list for a header that repeats, so that two lines are not taken for one with a comma.
    private static JsonNode? Values(IReadOnlyList<string> values) =>
        values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O");
}
