namespace Sixtyfour.IntegrationTests.Traces;

internal static partial class Scenes
{
    private const string Found =
        """{"structured_data":{"title":"VP Engineering","age":"41"},"notes":"Seen at work","references":"""
            + """{"https://example.com/a":"Team page"},"confidence_score":8.5,"extra":{"a":1}}""";

    private const string FoundCompany =
        """{"structured_data":{"headcount":"about 40","is_hiring":true,"leads":[{"name":"Nadia Okafor","title":"VP Engineering","score":"""
            + """9}]},"notes":"","references":{},"confidence_score":7}""";

    private const string Started = """{"task_id":"job-1","status":"pending"}""";

    private const string Running = """{"id":"job-1","run_id":"run-1","start_time":"2026-03-02T09:00:00Z","status":"running","task_type":"enrich_lead"}""";

    private static string Completed(string result) =>
        $$"""{"id":"job-1","run_id":"run-1","start_time":"2026-03-02T09:00:00Z","close_time":"2026-03-02T09:02:00Z","status":"completed","result":"""
            + $$"""{{result}},"charge_amount":10,"task_type":"enrich_lead"}""";

    private static LeadOptions Options() => new()
    {
        Tier = Tier.Medium,
        ResearchPlan = "Look at the team page first",
        FieldConfidence = true,
        Headers = { ["X-Team"] = "growth" },
        ExtraProperties = { ["beta"] = true },
    };

    private static IEnumerable<Scene> Leads =>
    [
        new("call, untyped", [Ok(Found)], async (client, ct) => Told(await client.Leads.EnrichAsync(Lead(), Fields(), cancellationToken: ct))),
        new("call, typed", [Ok(Found)], async (client, ct) => Told(await client.Leads.EnrichAsync<Person>(Lead(), cancellationToken: ct))),
        new("call, every option", [Ok(Found)], async (client, ct) => Told(await client.Leads.EnrichAsync(Lead(), Fields(), Options(), ct))),
        new("call, typed with fields of its own", [Ok(Found)], async (client, ct) => Told(
            await client.Leads.EnrichAsync(Lead(), Fields().ReadAs<Person>(), cancellationToken: ct))),
        new("call, every kind of field", [Ok(Found)], async (client, ct) => Told(await client.Leads.EnrichAsync(
            new() { Name = "Zoë \"Z\" Ødegård", ["custom"] = 7 },
            new() { ["a"] = "Text", ["b"] = StructField.ListOf(FieldType.Str, "Skills"), ["c"] = 41, ["d"] = true, ["e"] = StructField.Dict("Anything") },
            cancellationToken: ct))),
        new("call, empty lead", [], async (client, ct) => Told(await client.Leads.EnrichAsync(new(), Fields(), cancellationToken: ct))),
        new("call, reserved header", [], async (client, ct) => Told(
            await client.Leads.EnrichAsync(Lead(), Fields(), new() { Headers = { ["x-api-key"] = "other" } }, ct))),
        new("start, untyped", [Ok(Started)], async (client, ct) => (await client.Leads.StartAsync(Lead(), Fields(), cancellationToken: ct)).Id),
        new("start, typed", [Ok(Started)], async (client, ct) => (await client.Leads.StartAsync<Person>(Lead(), cancellationToken: ct)).Id),
        new("start, webhook of the call", [Ok(Started)], async (client, ct) => (await client.Leads.StartAsync(Lead(), Fields(), WithWebhook(), ct)).Id),
        new("start, webhook of the client", [Ok(Started)], async (client, ct) => (await client.Leads.StartAsync(Lead(), Fields(), cancellationToken: ct)).Id)
        {
            Configure = options => options.WebhookUrl = new("https://hooks.example.com/default"),
        },
        new("call, webhook of the client", [Ok(Found)], async (client, ct) => Told(await client.Leads.EnrichAsync(Lead(), Fields(), cancellationToken: ct)))
        {
            Configure = options => options.WebhookUrl = new("https://hooks.example.com/default"),
        },
        new("start and wait, typed", [Ok(Started), Ok(Running), Ok(Completed(Found))], async (client, ct) =>
            Told(await (await client.Leads.StartAsync<Person>(Lead(), cancellationToken: ct)).WaitAsync(ct))),
        new("resume, untyped", [Ok(Completed(Found))], async (client, ct) => Told(await client.Leads.GetJob("job-1").WaitAsync(ct))),
        new("a path before the routes", [Ok(Found)], async (client, ct) => Told(await client.Leads.EnrichAsync(Lead(), Fields(), cancellationToken: ct)))
        {
            Configure = options => options.Endpoint = new(options.Endpoint, "gateway/v1"),
        },
    ];

    private static IEnumerable<Scene> People =>
    [
        new("call, untyped", [Ok(Found)], async (client, ct) => Told(await client.People.EnrichAsync(Lead(), Fields(), Options(), ct))),
        new("call, typed", [Ok(Found)], async (client, ct) => Told(await client.People.EnrichAsync<Person>(Lead(), cancellationToken: ct))),
        new("start, untyped", [Ok(Started)], async (client, ct) => (await client.People.StartAsync(Lead(), Fields(), WithWebhook(), ct)).Id),
        new("start and wait, typed", [Ok(Started), Ok(Completed(Found))], async (client, ct) =>
            Told(await (await client.People.StartAsync<Person>(Lead(), cancellationToken: ct)).WaitAsync(ct))),
        new("resume, typed", [Ok(Completed(Found))], async (client, ct) => Told(await client.People.GetJob<Person>("job-1").WaitAsync(ct))),
    ];

    private static IEnumerable<Scene> Companies =>
    [
        new("call, untyped", [Ok(FoundCompany)], async (client, ct) => Told(await client.Companies.EnrichAsync(Company(), Fields(), cancellationToken: ct))),
        new("call, every option", [Ok(FoundCompany)], async (client, ct) => Told(await client.Companies.EnrichAsync(
            Company(), Fields(),
            new() { Tier = Tier.Low, FindPeople = true, PeopleFocus = "engineering leads", FullOrgChart = true, PersonFields = Fields() }, ct))),
        new("call, typed", [Ok(FoundCompany)], async (client, ct) => Told(await client.Companies.EnrichAsync<CompanyFacts>(Company(), cancellationToken: ct))),
        new("call, typed with people", [Ok(FoundCompany)], async (client, ct) =>
        {
            var found = await client.Companies.EnrichAsync<CompanyFacts, Contact>(Company(), new() { PeopleFocus = "engineering leads" }, ct);
            return $"{Told(found)}, people [{string.Join(", ", found.People.Select(person => $"{person.Data} {person.Score}"))}]";
        }),
        new("start, untyped", [Ok(Started)], async (client, ct) =>
            (await client.Companies.StartAsync(Company(), Fields(), new() { WebhookUrl = new("https://hooks.example.com/64") }, ct)).Id),
        new("start and wait, typed with people", [Ok(Started), Ok(Completed(FoundCompany))], async (client, ct) =>
            Told(await (await client.Companies.StartAsync<CompanyFacts, Contact>(Company(), cancellationToken: ct)).WaitAsync(ct))),
        new("resume, typed", [Ok(Completed(FoundCompany))], async (client, ct) => Told(await client.Companies.GetJob<CompanyFacts>("job-1").WaitAsync(ct))),
    ];

    // One in flight, so that the order of requests is the order of inputs.
    private static IEnumerable<Scene> Many =>
    [
        new("leads, typed", [Ok(Started), Ok(Completed(Found)), Ok(Started), Ok(Completed(Found))], (client, ct) => TakeAsync(
            client.Leads.EnrichManyAsync(Inputs(2), _ => Lead(), EnrichmentStruct.For<Person>(), new() { MaxInFlight = 1, Each = { Tier = Tier.Low } }, ct))),
        new("leads, resumed", [Ok(Completed(Found))], (client, ct) => TakeAsync(
            client.Leads.EnrichManyAsync(Inputs(1), _ => Lead(), EnrichmentStruct.For<Person>(), new() { MaxInFlight = 1, ResumeJobId = _ => "job-1" }, ct))),
        new("people, one refused", [Fails(422), Ok(Started), Ok(Completed(Found))], (client, ct) => TakeAsync(
            client.People.EnrichManyAsync(Inputs(2), _ => Lead(), Fields(), new() { MaxInFlight = 1 }, ct))),
        new("companies, one lost", [Answer.Closes, Ok(Started), Ok(Completed(FoundCompany))], (client, ct) => TakeAsync(
            client.Companies.EnrichManyAsync(Inputs(2), _ => Company(), EnrichmentStruct.For<CompanyFacts>(),
                EnrichmentStruct.For<Contact>(), new() { MaxInFlight = 1, Each = { FindPeople = true } }, ct))),
        new("no credits end the run", [Fails(402)], (client, ct) => TakeAsync(
            client.Leads.EnrichManyAsync(Inputs(3), _ => Lead(), EnrichmentStruct.For<Person>(), new() { MaxInFlight = 1 }, ct))),
        new("the ceiling ends the run", [Ok(Started), Ok(Completed(Found))], (client, ct) => TakeAsync(
            client.Leads.EnrichManyAsync(Inputs(3), _ => Lead(), EnrichmentStruct.For<Person>(), new() { MaxInFlight = 1, MaxCostCents = 15 }, ct))),
    ];

    private static LeadStartOptions WithWebhook() => new() { WebhookUrl = new("https://hooks.example.com/64") };

    private static IAsyncEnumerable<int> Inputs(int count) => Enumerable.Range(0, count).ToAsyncEnumerable();

    // What has come is told also when the run ends in an exception.
    private static async Task<string> TakeAsync<TResult>(IAsyncEnumerable<ManyOutcome<int, TResult>> outcomes)
        where TResult : class
    {
        var told = new List<string>();
        try
        {
            await foreach (var outcome in outcomes)
            {
                var end = outcome.Succeeded ? Told((Enrichment)(object)outcome.Result) : outcome.Error.GetType().Name;
                told.Add($"{outcome.Index}: job {outcome.JobId ?? "none"}, {end}");
            }
        }
        catch (SixtyfourException end)
        {
            told.Add($"end: {end.GetType().Name}");
        }

        return string.Join("\n  ", told);
    }
}
