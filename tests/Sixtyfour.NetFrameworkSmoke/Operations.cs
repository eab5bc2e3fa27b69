using System.ComponentModel;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Sixtyfour.NetFrameworkSmoke;

/// <summary>What an application does with the client, by name.</summary>
internal sealed class Operations(Uri endpoint) : IDisposable
{
    // More than a timer of .NET Framework takes: 24.8 days.
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static readonly LeadInfo Nadia = new() { Name = "Nadia Okafor", Company = "Example Robotics" };
    private static readonly CompanyInfo Example = new() { Name = "Example Robotics", Website = "https://example.com" };
    private static readonly EnrichmentStruct Title = new() { ["title"] = "Current job title" };

    private readonly SixtyfourClient _client = new(EmulatorProcess.Key, new() { Endpoint = endpoint });

    public IReadOnlyList<(string Name, Func<Task> RunAsync)> All =>
    [
        ("registered client", RegisteredAsync),
        ("synchronous calls", CallsAsync),
        ("jobs", JobsAsync),
        ("jobs of companies", CompanyJobsAsync),
        ("waits that end early", EarlyEndsAsync),
        ("many-run of persons", ManyLeadsAsync),
        ("many-run of companies", ManyCompaniesAsync),
        ("bulk file", BulkFileAsync),
        ("bulk rows", BulkRowsAsync),
        ("bulk run and its continuation", BulkRunAsync),
        ("raw request", RawAsync),
        ("failures", FailuresAsync),
        ("webhooks", WebhooksAsync),
    ];

    public void Dispose() => _client.Dispose();

    private async Task RegisteredAsync()
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(options => (options.ApiKey, options.Endpoint) = (EmulatorProcess.Key, endpoint));
        using var provider = services.BuildServiceProvider();

        var found = await provider.GetRequiredService<ILeadsClient>().EnrichAsync(Nadia, Title);

        Check(found["title"].AsString());
    }

    private async Task CallsAsync()
    {
        Check((await _client.Leads.EnrichAsync<Founder>(Nadia)).Data.Title);
        Check((await _client.People.EnrichAsync<Founder>(Nadia, new() { FieldConfidence = true })).Data.Title);
        Check((await _client.Companies.EnrichAsync<Facts>(Example)).Data.Industry);
        Check((await _client.Companies.EnrichAsync<Facts, Founder>(Example)).Data.Industry);
    }

    private async Task JobsAsync()
    {
        var job = await _client.Leads.StartAsync<Founder>(Nadia, new() { Tier = Tier.Low });
        var statuses = new List<JobStatus>();
        await foreach (var snapshot in job.WatchAsync())
        {
            statuses.Add(snapshot.Status);
        }

        Check(statuses.Last() == JobStatus.Completed, "the last status");
        Check((await job.GetStatusAsync()).Status == JobStatus.Completed, "the status");
        Check((await job.WaitAsync(Month)).Data.Title);
        Check((await _client.People.GetJob<Founder>(job.Id).WaitAsync(Month)).Data.Title);
        Check((await _client.Jobs.GetJob(job.Id).WaitAsync(Month)).GetProperty("structured_data").GetProperty("title").GetString());
    }

    private async Task CompanyJobsAsync()
    {
        var job = await _client.Companies.StartAsync<Facts, Founder>(Example, new() { FindPeople = true });

        var found = await job.WaitAsync(Month);

        Check(found.Data.Industry);
        Check(found.People.Count > 0, "people");
    }

    private async Task EarlyEndsAsync()
    {
        var job = await _client.People.StartAsync(Nadia, Title);
        var early = await ThrowsAsync<JobStillRunningException>(() => job.WaitAsync(TimeSpan.FromMilliseconds(50)));
        Check(early.JobId == job.Id, "the id in the exception");
        using var left = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await ThrowsAsync<OperationCanceledException>(() => job.WaitAsync(left.Token));
        Check((await job.WaitAsync(Month))["title"].AsString());
    }

    private async Task ManyLeadsAsync()
    {
        var inputs = new[] { "Nadia", "Omar", "Ines", "Tom", "Ada" };
        var outcomes = new List<ManyOutcome<string, Enrichment<Founder>>>();
        var run = _client.Leads.EnrichManyAsync(inputs, name => new LeadInfo { Name = name }, EnrichmentStruct.For<Founder>(), new() { MaxCostCents = 100 });
        await foreach (var outcome in run)
        {
            outcomes.Add(outcome);
        }

        Check(outcomes.Count == inputs.Length && outcomes.All(outcome => outcome.Result?.Data.Title is { Length: > 0 }), "the outcomes");
    }

    private async Task ManyCompaniesAsync()
    {
        var outcomes = new List<ManyOutcome<string, CompanyEnrichment>>();
        var run = _client.Companies.EnrichManyAsync(["Example", "Sample"], name => new CompanyInfo { Name = name }, new() { ["industry"] = "Industry" });
        await foreach (var outcome in run)
        {
            outcomes.Add(outcome);
        }

        Check(outcomes.Count is 2 && outcomes.All(outcome => outcome.Succeeded), "the outcomes");
    }

    private async Task BulkFileAsync()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path + ".csv", "name,company\nNadia Okafor,Example\nOmar Ito,Sample\n");
            var file = BulkFile.FromPath(path + ".csv");
            Check((await _client.Bulk.EstimatePeopleAsync(file)).Rows is 2, "the estimate");
            var job = await _client.Bulk.SubmitPeopleAsync<Founder>(file, new() { IdempotencyKey = Guid.NewGuid().ToString() });
            using var result = await job.WaitAsync(Month);
            await CheckRowsAsync(result, 2);
            using (var reader = new StreamReader(await result.Files[0].OpenReadAsync()))
            {
                Check(await reader.ReadLineAsync());
            }

            await result.SaveAsync(path + ".out.csv");
            using var saved = BulkResult.FromPath(path + ".out.csv");
            Check(await CountAsync(saved) is 2, "the rows that were saved");
        }
        finally
        {
            foreach (var made in new[] { path, path + ".csv", path + ".out.csv" })
            {
                File.Delete(made);
            }
        }
    }

    private async Task BulkRowsAsync()
    {
        var people = BulkFile.FromRows(new[] { new Person { Name = "Nadia, \"N\"" }, new Person { Name = "Omar" }, new Person { Name = "Ines" } });
        using var found = await (await _client.Bulk.SubmitPeopleAsync<Founder>(people)).WaitAsync(Month);
        await CheckRowsAsync(found, 3);

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("company_name\nExample\n"));
        var job = await _client.Bulk.SubmitCompaniesAsync(BulkFile.FromStream(stream, "c.csv"), new() { ["industry"] = "Industry" });
        using var companies = await job.WaitAsync(Month);
        Check(await CountAsync(companies) is 1, "the rows of companies");
    }

    private async Task BulkRunAsync()
    {
        var journal = Path.GetTempFileName();
        try
        {
            for (var times = 0; times < 2; times++)
            {
                var rows = BulkFile.FromRows(new[] { new Person { Name = "Nadia" }, new Person { Name = "Omar" } });
                using var result = await _client.Bulk.RunPeopleAsync<Founder>(rows, BulkJournal.AtPath(journal), new() { MaxCostCents = 1_000 });
                await CheckRowsAsync(result, 2);
            }
        }
        finally
        {
            File.Delete(journal);
        }
    }

    private async Task RawAsync()
    {
        var body = new JsonObject { ["lead_info"] = new JsonObject { ["name"] = "Nadia" }, ["struct"] = new JsonObject { ["title"] = "Job title" } };

        var answer = await _client.Raw.SendAsync(HttpMethod.Post, "/enrich-lead", body);

        Check(answer.Json.GetProperty("structured_data").GetProperty("title").GetString());
    }

    private async Task FailuresAsync()
    {
        var unknown = await ThrowsAsync<SixtyfourApiException>(() => _client.Leads.GetJob<Founder>("00000000-0000-0000-0000-000000000000").WaitAsync(Month));
        Check(unknown.JobId);
        using var stranger = new SixtyfourClient("another-key", new() { Endpoint = endpoint });
        await ThrowsAsync<InvalidApiKeyException>(() => stranger.Leads.EnrichAsync(Nadia, Title));
        using var nowhere = new SixtyfourClient(EmulatorProcess.Key, new() { Endpoint = new("http://127.0.0.1:9"), Retry = { MaxRetries = 0 } });
        var refused = await ThrowsAsync<ConnectionFailedException>(() => nowhere.Leads.EnrichAsync(Nadia, Title));
        Check(refused.IsSafeToRepeat, "a connection that is refused is safe to repeat");
    }

    private Task WebhooksAsync()
    {
        const string Secret = "sk_whsec_test";
        var body = Encoding.UTF8.GetBytes("""{"task_id":"job-1","status":"completed","result":{"structured_data":{"title":"CTO"}}}""");
        var signature = SixtyfourWebhook.Sign(body, Secret, DateTimeOffset.UtcNow);
        Check(SixtyfourWebhook.Verify(body, signature, [Secret]) is WebhookVerdict.Valid, "the signature");
        Check(SixtyfourWebhook.Verify(body, signature, ["sk_whsec_other"]) is WebhookVerdict.NoSignatureMatches, "another secret");
        Check(((JobCompletedEvent)_client.Jobs.Receive(body)).ReadEnrichment<Founder>().Data.Title == "CTO", "the event");
        return Task.CompletedTask;
    }

    private static async Task CheckRowsAsync(BulkResult result, int count)
    {
        var rows = new List<ResultRow<Founder>>();
        await foreach (var row in result.ReadRowsAsync<Founder>())
        {
            rows.Add(row);
        }

        Check(rows.Count == count && rows.All(row => row.Data.Title is { Length: > 0 }), "the typed rows");
        Check(await CountAsync(result) == count, "the rows");
    }

    private static async Task<int> CountAsync(BulkResult result)
    {
        var count = 0;
        await foreach (var row in result.ReadRowsAsync())
        {
            count++;
        }

        return count;
    }

    private static async Task<T> ThrowsAsync<T>(Func<Task> act)
        where T : Exception
    {
        try
        {
            await act();
        }
        catch (T e)
        {
            return e;
        }

        throw new InvalidOperationException($"Nothing was thrown where {typeof(T).Name} was due.");
    }

    private static void Check(string? text) => Check(!string.IsNullOrEmpty(text), "a text that is not empty");

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Not as it should be: {what}.");
        }
    }

    internal sealed class Founder
    {
        [Description("Current job title")]
        public string? Title { get; set; }
    }

    internal sealed class Facts
    {
        [Description("Industry")]
        public string? Industry { get; set; }
    }

    internal sealed class Person
    {
        public string? Name { get; set; }
    }
}
