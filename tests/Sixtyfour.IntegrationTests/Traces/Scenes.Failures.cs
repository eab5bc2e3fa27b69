namespace Sixtyfour.IntegrationTests.Traces;

internal static partial class Scenes
{
    private static IEnumerable<Scene> Failures(string what, bool isStart, Func<SixtyfourClient, CancellationToken, Task<string>> act)
    {
        var good = Ok(isStart ? Started : Found);
        Scene Of(string name, params Answer[] answers) => new($"{what}, {name}", answers, act);

        foreach (var status in new[] { 400, 401, 402, 403, 404, 409, 413, 422, 418, 501, 505, 408, 502, 503, 504, 599 })
        {
            yield return Of($"{status}", Fails(status));
        }

        yield return Of("422 field by field", new Answer(
            422, """{"detail":[{"type":"missing","loc":["body","lead_info"],"msg":"Field required","input":{"email":"a@example.com"}}]}"""));
        yield return Of("429 and again", Limited("2"), good);
        yield return Of("429 without a hint and again", Fails(429), good);
        yield return Of("429 until the retries are over", Limited("1"), Limited("1"), Limited("1"), Limited("1"), Limited("7"));
        yield return Of("503 with a hint and again", Fails(503) with { Headers = [("Retry-After", "1")] }, good);
        yield return Of("500 and again", Fails(500), good);
        yield return Of("500 until the retries are over", Fails(500), Fails(500), Fails(500), Fails(500), Fails(500));
        yield return Of("500 with the repeat turned off", Fails(500)) with { Configure = options => options.Retry.RetryPaidCallsOnServerError = false };
        yield return Of("500 and then no credits", Fails(500), Fails(402));
        yield return Of("500 and then not found", Fails(500), Fails(404));
        yield return Of("500 and then lost", Fails(500), Answer.Closes);
        yield return Of("500 and then 429 without end", Fails(500), Limited("1"), Limited("1"), Limited("1"), Limited("1"));
        yield return Of("closed without an answer", Answer.Closes);
        yield return Of("reset without an answer", Answer.Resets);
        yield return Of("body cut", good with { CutAt = 8 });
        yield return Of("body cut behind the id", good with { CutAt = 18 });
        yield return Of("body cut without a length", good with { CutAt = 18, IsWithoutLength = true });
        yield return Of("whole without a length", good with { IsWithoutLength = true });
        yield return Of("empty body", Ok(""));
        yield return Of("web page", new Answer(200, "<!doctype html><title>Sign in</title>") { ContentType = "text/html" });
        yield return Of("redirect", new Answer(307) { Headers = [("Location", "https://elsewhere.example/login?token=secret")] });
        yield return Of("error inside a 200", Ok("""{"error":"The agent crashed"}"""));
        yield return Of("empty object", Ok("{}"));
        yield return Of("id under another name", Ok("""{"taskId":"job-1"}"""));
        yield return Of("id inside data", Ok("""{"data":{"task_id":"job-1"}}"""));
        yield return Of("canceled before it was sent") with { IsCanceledBefore = true };
        yield return isStart
            ? Of("canceled behind the request", good with { CancelsTheCall = true })
            : Of("canceled behind the request", Answer.Waits with { CancelsTheCall = true });
        yield return Of("no retries", Fails(500)) with { Configure = options => options.Retry.MaxRetries = 0 };
    }

    private static Answer Limited(string seconds) =>
        Fails(429) with { Headers = [("Retry-After", seconds), ("X-RateLimit-Limit", "500"), ("X-RateLimit-Remaining", "0")] };

    private static IEnumerable<Scene> Jobs =>
    [
        new("status, running", [Ok(Running)], async (client, ct) => Told(await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("status, completed", [Ok(Completed(Found))], async (client, ct) => Told(await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("status, documented form", [Ok("""{"status":"processing","processed_items":3,"total_items":9,"task_type":"enrich_lead"}""")], async (client, ct) =>
            Told(await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("status, an id that needs escaping", [Ok(Running)], async (client, ct) => Told(await client.Jobs.GetStatusAsync("job 1/ä", cancellationToken: ct))),
        new("status, unknown job", [Fails(404)], async (client, ct) => Told(await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("status, 502 and again", [Fails(502), Ok(Running)], async (client, ct) => Told(await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("status, lost and again", [Answer.Closes, Ok(Running)], async (client, ct) => Told(
            await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("status, web page", [new Answer(200, "<html>") { ContentType = "text/html" }], async (client, ct) => Told(
            await client.Jobs.GetStatusAsync("job-1", cancellationToken: ct))),
        new("wait, any result", [Ok(Completed("""{"any":[1]}"""))], async (client, ct) => Text(await client.Jobs.GetJob("job-1").WaitAsync(ct))),
        new("wait, failed", [Ok("""{"id":"job-1","status":"failed","error":"No sources"}""")], WaitAsync),
        new("wait, cancelled", [Ok("""{"id":"job-1","status":"cancelled"}""")], WaitAsync),
        new("wait, passing failures", [Fails(502), Answer.Resets, Limited("1"), Ok(Running), Ok(Completed(Found))], WaitAsync),
        new("wait, refused key", [Fails(401)], WaitAsync),
        new("wait, refused by a page", [new Answer(403, "<html>Blocked") { ContentType = "text/html" }, Ok(Completed(Found))], WaitAsync),
        new("wait, completed without a result", [Ok("""{"id":"job-1","status":"completed"}""")], WaitAsync),
        new("wait, result that is an error", [Ok(Completed("""{"error":"The agent crashed"}"""))], WaitAsync),
        new("watch", [Ok(Running), Ok(Completed(Found))], async (client, ct) =>
            string.Join(" | ", await client.Jobs.GetJob("job-1").WatchAsync(ct).Select(seen => $"{seen.Status}").ToListAsync(ct))),
    ];

    private static async Task<string> WaitAsync(SixtyfourClient client, CancellationToken ct) => Told(await client.Leads.GetJob<Person>("job-1").WaitAsync(ct));
}
