using System.Net;
using System.Text.Json;

namespace Sixtyfour.Emulator.Control;

/// <summary>Faults by name, for <c>POST /_emulator/faults</c>: the names of the factory methods in snake case.</summary>
internal static class FaultReader
{
    public static Fault Read(JsonElement input) => input.Text("fault") switch
    {
        "status" => Fault.Status((HttpStatusCode)Needed(input, "status"), input.Text("body"), Seconds(input, "retry_after")),
        "rate_limited" => Fault.RateLimited(Seconds(input, "retry_after")),
        "not_started" => Fault.NotStarted(Seconds(input, "retry_after")),
        "does_not_know_the_job" => Fault.DoesNotKnowTheJob(),
        "redirects_to" => Fault.RedirectsTo(
            new Uri(input.Text("location") ?? throw new ArgumentException("'location' is missing."), UriKind.RelativeOrAbsolute)),
        "answers_html" => Fault.AnswersHtml(),
        "loses_the_answer" => Fault.LosesTheAnswer(),
        "resets_the_connection" => Fault.ResetsTheConnection(),
        "resets_the_upload" => Fault.ResetsTheUpload((long)Needed(input, "after_bytes")),
        "truncates_the_body" => Fault.TruncatesTheBody((int)Needed(input, "keep_bytes")),
        "drips" => Fault.Drips(TimeSpan.FromSeconds((double)Needed(input, "seconds_per_byte"))),
        "delays" => Fault.Delays(TimeSpan.FromSeconds((double)Needed(input, "seconds"))),
        "garbles_the_json" => Fault.GarblesTheJson(),
        "empties_the_body" => Fault.EmptiesTheBody(),
        "leaves_out_the_length" => Fault.LeavesOutTheLength(),
        "fails_the_job" => Fault.FailsTheJob(input.Text("error") ?? "Research could not be completed"),
        "drops_the_webhook" => Fault.DropsTheWebhook(),
        "doubles_the_webhook" => Fault.DoublesTheWebhook(),
        "delays_the_webhook" => Fault.DelaysTheWebhook(TimeSpan.FromSeconds((double)Needed(input, "seconds"))),
        "reorders_the_webhook" => Fault.ReordersTheWebhook(),
        "corrupts_the_webhook" => Fault.CorruptsTheWebhook(),
        "replays_the_webhook" => Fault.ReplaysTheWebhook(),
        null => throw new ArgumentException("'fault' is missing, for example {\"fault\": \"loses_the_answer\", \"path\": \"/enrich-lead\", \"times\": 1}."),
        var name => throw new ArgumentException($"There is no fault '{name}'."),
    };

    private static TimeSpan? Seconds(JsonElement input, string name) => input.Number(name) is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    private static decimal Needed(JsonElement input, string name) => input.Number(name) ?? throw new ArgumentException($"'{name}' is missing.");
}
