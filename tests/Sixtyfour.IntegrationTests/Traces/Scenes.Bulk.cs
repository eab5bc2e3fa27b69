using System.Text;
using System.Text.Json.Nodes;

namespace Sixtyfour.IntegrationTests.Traces;

internal static partial class Scenes
{
    private const string BulkStarted = """{"task_id":"job-1","status":"RUNNING","row_count":2,"estimated_cost_cents":20}""";

    private const string Rows = "name,company,title,age,row_id\nNadia,Example,VP,41,0\nOmar,Example,,about 40,1\n";

    private static Answer FilesOfJob(string output = "{origin}files/enriched.csv?sig=secret") => Ok(
        $$"""
        {"id":"job-1","status":"completed","charge_amount":20,"results":[
        {"filename":"input.csv","block_number":1,"download_url":"{origin}files/input.csv?sig=other"},
        {"filename":"enriched.csv","block_number":2,"row_count":2,"content_type":"text/csv","download_url":"{{output}}"}]}
        """);

    private static Answer Unlinked => Ok(
        """
        {"id":"job-1","status":"completed","results":[
        {"filename":"input.csv","block_number":1,"download_url":"{origin}files/input.csv"},
        {"filename":"enriched.csv","block_number":2,"download_url":null,"message":"Still being written"}]}
        """);

    private static Answer File(string content) => Ok(content) with { ContentType = "text/csv", Headers = [("ETag", "\"1\""), ("Accept-Ranges", "bytes")] };

    private static BulkFile Csv(string content = "name,company\nNadia,Example\nOmar,Example\n") =>
        BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(content)), "people.csv");

    private static IEnumerable<Scene> Bulk =>
    [
        new("estimate", [], async (client, ct) => Told(await client.Bulk.EstimatePeopleAsync(Csv(), new() { Tier = Tier.Low }, ct))),
        new("people, untyped", [Ok(BulkStarted)], async (client, ct) => Told(await client.Bulk.SubmitPeopleAsync(Csv(), Fields(), cancellationToken: ct))),
        new("people, every option", [Ok(BulkStarted)], async (client, ct) => Told(await client.Bulk.SubmitPeopleAsync<Person>(
            Csv(), new() { IdempotencyKey = "import-1", Tier = Tier.Low, FieldConfidence = true, WebhookUrl = new(
                "https://hooks.example.com/64"), MaxCostCents = 20, ExtraProperties = { ["beta"] = 1 } }, ct))),
        new("people, from rows", [Ok(BulkStarted)], async (client, ct) => Told(await client.Bulk.SubmitPeopleAsync(
            BulkFile.FromRows(new[] { new Contact("Nadia, \"N\"", "VP") }), Fields(), new() { IdempotencyKey = "import-1" }, ct))),
        new("companies, typed", [Ok(BulkStarted)], async (client, ct) => Told(await client.Bulk.SubmitCompaniesAsync<CompanyFacts>(
            Csv("company_name\nExample\n"), new() { IdempotencyKey = "import-1" }, ct))),
        new("a key that is known", [Ok("""{"task_id":"job-1","status":"RUNNING","already_started":true}""")], SubmitAsync),
        new("refused", [Fails(422)], SubmitAsync),
        new("no credits", [Fails(402)], SubmitAsync),
        new("lost and again", [Answer.Closes, Ok(BulkStarted)], SubmitAsync),
        new("502 and again", [Fails(502), Ok(BulkStarted)], SubmitAsync),
        new("502 and refused", [Fails(502), Fails(422)], SubmitAsync),
        new("502 and no credits", [Fails(502), Fails(402)], SubmitAsync),
        new("cut behind the id", [Ok(BulkStarted) with { CutAt = 18 }], SubmitAsync),
        new("429 and again", [Limited("1"), Ok(BulkStarted)], SubmitAsync),
        new("lost each time", [Answer.Closes, Answer.Closes, Answer.Closes, Answer.Closes, Answer.Closes], SubmitAsync),
        new("without an id", [Ok("""{"status":"RUNNING"}""")], SubmitAsync),
        new("an odd number beside the id", [Ok("""{"task_id":"job-1","row_count":NaN}""")], SubmitAsync),
        new("over the ceiling", [], async (client, ct) => Told(
            await client.Bulk.SubmitPeopleAsync(Csv(), Fields(), new() { Tier = Tier.Low, MaxCostCents = 15 }, ct))),
        new("canceled before it was sent", [], SubmitAsync) { IsCanceledBefore = true },
    ];

    private static IEnumerable<Scene> BulkFiles =>
    [
        new("wait and read, untyped", [FilesOfJob(), File(Rows)], async (client, ct) =>
        {
            using var result = await client.Bulk.GetJob("job-1").WaitAsync(ct);
            var rows = await result.ReadRowsAsync(ct)
                .Select(row => $"{row.Index} {row.IsEnriched} {row["title"].AsString()} {row["age"].AsInt32()}").ToListAsync(ct);
            return $"charged {result.ChargeCents}, files [{string.Join(", ", result.Files)}], rows [{string.Join(" | ", rows)}]";
        }),
        new("wait and read, typed", [FilesOfJob(), File(Rows)], ReadAsync),
        new("download cut and resumed", [FilesOfJob(), File(Rows) with { CutAt = 20 }, Rest()], ReadAsync),
        new("download lost and again", [FilesOfJob(), Answer.Closes, File(Rows)], ReadAsync),
        new("link that has expired", [FilesOfJob(), Fails(403), FilesOfJob(), File(Rows)], ReadAsync),
        new("output without a link", [Unlinked, Unlinked, Unlinked], ReadAsync),
        new("output with a link at the second time", [Unlinked, FilesOfJob(), File(Rows)], ReadAsync),
        new("web page in place of the file", [FilesOfJob(), Ok("<!doctype html>") with { ContentType = "text/html" }], ReadAsync),
        new("job failed", [Ok("""{"id":"job-1","status":"failed","error":"No rows"}""")], ReadAsync),
        new("run with a journal", [Ok(BulkStarted), FilesOfJob(), File(Rows)], RunAsync),
        new("run, lost and again", [Answer.Closes, Ok(BulkStarted), FilesOfJob(), File(Rows)], RunAsync),
        new("run, refused", [Fails(422)], RunAsync),
        new("run, job failed", [Ok(BulkStarted), Ok("""{"id":"job-1","status":"failed","error":"No rows"}""")], RunAsync),
    ];

    private static IEnumerable<Scene> Raw =>
    [
        new("get", [Ok("""{"balance":1}""") with { Headers = [("x-request-id", "req-1")] }], async (client, ct) => Told(
            await client.Raw.SendAsync(HttpMethod.Get, "/balance?currency=usd", cancellationToken: ct))),
        new("post", [Ok("""{"ok":true}""")], async (client, ct) => Told(
            await client.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonObject { ["a"] = 1 }, cancellationToken: ct))),
        new("post, every option", [Fails(502), Ok("{}")], async (client, ct) => Told(await client.Raw.SendAsync(
            HttpMethod.Post, "brand-new", new JsonObject { ["a"] = 1 },
            new() { IdempotencyKey = "key-1", IsRepeatable = true, Headers = { ["X-Team"] = "growth" }, ExtraProperties = { ["b"] = 2 } }, ct))),
        new("post without a body", [new Answer(204)], async (client, ct) => Told(
            await client.Raw.SendAsync(HttpMethod.Post, "/brand-new", cancellationToken: ct))),
        new("post, lost", [Answer.Closes], async (client, ct) => Told(
            await client.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonObject(), cancellationToken: ct))),
        new("get, lost and again", [Answer.Closes, Ok("[]")], async (client, ct) => Told(
            await client.Raw.SendAsync(HttpMethod.Get, "/list", cancellationToken: ct))),
        new("get, refused", [Fails(404)], async (client, ct) => Told(await client.Raw.SendAsync(HttpMethod.Get, "/nothing", cancellationToken: ct))),
        new("delete", [Ok("{}")], async (client, ct) => Told(await client.Raw.SendAsync(HttpMethod.Delete, "/thing/1", cancellationToken: ct))),
        new("an address of another origin", [], async (client, ct) => Told(
            await client.Raw.SendAsync(HttpMethod.Get, "https://elsewhere.example/x", cancellationToken: ct))),
    ];

    private static async Task<string> SubmitAsync(SixtyfourClient client, CancellationToken ct) =>
        Told(await client.Bulk.SubmitPeopleAsync(Csv(), Fields(), cancellationToken: ct));

    private static async Task<string> ReadAsync(SixtyfourClient client, CancellationToken ct)
    {
        using var result = await client.Bulk.GetJob("job-1").WaitAsync(ct);
        return await TellAsync(result, ct);
    }

    private static async Task<string> RunAsync(SixtyfourClient client, CancellationToken ct)
    {
        using var result = await client.Bulk.RunPeopleAsync<Person>(Csv(), new ShortJournal(), cancellationToken: ct);
        return await TellAsync(result, ct);
    }

    private static async Task<string> TellAsync(BulkResult result, CancellationToken ct)
    {
        var rows = await result.ReadRowsAsync<Person>(cancellationToken: ct)
            .Select(row => $"{row.Index} {row.Data} [{string.Join(", ", row.Issues.Select(issue => issue.Name))}]").ToListAsync(ct);
        return $"charged {result.ChargeCents}, rows [{string.Join(" | ", rows)}]";
    }

    private static Answer Rest() => new(206, Rows[20..])
    {
        ContentType = "text/csv",
        Headers = [("ETag", "\"1\""), ("Accept-Ranges", "bytes"), ("Content-Range", $"bytes 20-{Rows.Length - 1}/{Rows.Length}")],
    };

    private static string Told(BulkEstimate estimate) =>
        $"{estimate.Rows} rows, {estimate.Bytes} bytes, {estimate.Files} files, {estimate.EstimatedCostCents} cents";

    private static string Told(BulkJob job) =>
        $"{job.Id}, {job.RowCount} rows, {job.EstimatedCostCents} cents, key {job.IdempotencyKey}, already started {job.AlreadyStarted}";

    private static string Told(RawResponse answer) => $"{answer.Info}, {Text(answer.Json)}";

    private sealed class ShortJournal : BulkJournal
    {
        private readonly List<string> _lines = [];

        public override IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken) => _lines.ToAsyncEnumerable();

        public override Task AppendAsync(string line, CancellationToken cancellationToken)
        {
            _lines.Add(line);
            return Task.CompletedTask;
        }
    }
}
