using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Control;

/// <summary>The emulator's own paths, for tests that are not written in .NET: they need no key from this machine, and are not recorded.</summary>
internal sealed class ControlPanel(SixtyfourEmulator emulator, Uri? url)
{
    private const string Root = "/_emulator";

    private static readonly string[] Paths =
    [
        "GET /_emulator", "GET /_emulator/requests", "GET /_emulator/jobs", "GET /_emulator/deliveries", "POST /_emulator/faults", "POST /_emulator/advance",
        "POST /_emulator/balance", "POST /_emulator/reset", "POST /_emulator/jobs/{id}/complete",
        "POST /_emulator/jobs/{id}/fail", "POST /_emulator/jobs/{id}/cancel",
    ];

    private readonly PanelGuard _guard = new(emulator.ApiKey, url);

    public static bool Owns(string path) => path == Root || path.StartsWith(Root + '/', StringComparison.Ordinal);

    public async Task AnswerAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, RequestBody.MostJsonBytes, cancellationToken).ConfigureAwait(false);
        var reply = _guard.Refusal(context) ?? Answer(context.Request.Method, path[Root.Length..], body ?? default);
        await ReplyWriter.WriteAsync(context, reply, cancellationToken).ConfigureAwait(false);
    }

    private Reply Answer(string method, string path, ReadOnlyMemory<byte> body)
    {
        var value = body.IsEmpty ? JsonText.ToElement(new JsonObject()) : JsonText.Read(body).Value;
        if (value is not { ValueKind: JsonValueKind.Object } input)
        {
            return Reply.Error(HttpStatusCode.BadRequest, "The body must be a JSON object.");
        }

        try
        {
            return (method, path.TrimEnd('/').Split('/')) switch
            {
                ("GET", [""]) => Reply.Ok(StateReport.Summary(emulator)),
                ("GET", ["", "requests"]) => Reply.Ok(StateReport.Requests(emulator)),
                ("GET", ["", "jobs"]) => Reply.Ok(StateReport.Jobs(emulator)),
                ("GET", ["", "deliveries"]) => Reply.Ok(StateReport.Deliveries(emulator)),
                ("POST", ["", "faults"]) => Inject(input),
                ("POST", ["", "advance"]) => Advance(input),
                ("POST", ["", "balance"]) => SetBalance(input),
                ("POST", ["", "reset"]) => Done(emulator.Reset),
                ("POST", ["", "jobs", var id, var verb]) => EndJob(id, verb, input),
                _ => NotFound(),
            };
        }
        catch (ArgumentException e)
        {
            return Reply.Error(HttpStatusCode.BadRequest, e.Message);
        }
        catch (InvalidOperationException e)
        {
            return Reply.Error(HttpStatusCode.Conflict, e.Message);
        }
    }

    private Reply Inject(JsonElement input) => Done(() =>
        emulator.Inject(FaultReader.Read(input), input.Text("path") ?? "*", (int?)input.Number("times") ?? 1));

    private Reply Advance(JsonElement input)
    {
        var seconds = input.Number("seconds") ?? throw new ArgumentException("Say how far: {\"seconds\": 60}.");
        return Done(() => emulator.Advance(TimeSpan.FromSeconds((double)seconds)));
    }

    private Reply SetBalance(JsonElement input)
    {
        var cents = input.Number("cents") ?? throw new ArgumentException("Say how much: {\"cents\": 500}.");
        return Done(() => emulator.BalanceCents = cents);
    }

    private Reply EndJob(string id, string verb, JsonElement input)
    {
        if (emulator.Jobs.FirstOrDefault(job => job.Id == id) is not { } job)
        {
            return Reply.Detail(HttpStatusCode.NotFound, "Job not found");
        }

        switch (verb)
        {
            case "complete":
                job.Complete();
                break;
            case "fail":
                job.Fail(input.Text("error") ?? "Research could not be completed");
                break;
            case "cancel":
                job.Cancel();
                break;
            default:
                return NotFound();
        }

        return Reply.Ok(StateReport.Job(job));
    }

    private Reply Done(Action action)
    {
        action();
        return Reply.Ok(StateReport.Summary(emulator));
    }

    private static Reply NotFound() => Reply.Of(HttpStatusCode.NotFound, new JsonObject
    {
        ["detail"] = "Not Found",
        ["served"] = new JsonArray([.. Paths.Select(path => JsonValue.Create(path))]),
    });
}
