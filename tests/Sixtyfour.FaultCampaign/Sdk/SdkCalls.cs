using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.FaultCampaign.Proxy;

namespace Sixtyfour.FaultCampaign.Sdk;

internal enum Feature
{
    Leads,
    People,
    Companies,
}

/// <summary>How a run over many inputs is asked for.</summary>
internal sealed record ManySettings(
    int MaxInFlight, Func<string, string?>? ResumeJobId, Action<string>? OnStarting, Action<string, string>? OnStarted, bool KeepInputOrder, int? MaxCostCents);

/// <summary>An outcome, whatever its type.</summary>
internal sealed record RunOutcome(string Token, string? JobId, string? Title, SixtyfourException? Error);

/// <summary>All that the campaign knows of the public API. Every result is told by its <c>title</c>.</summary>
internal sealed class SdkCalls(ISixtyfourClient client)
{
    public static readonly EnrichmentStruct Fields = new() { ["title"] = "Current job title" };

    public async Task<string?> CallAsync(Feature feature, string token, bool typed, CancellationToken ct) => (feature, typed) switch
    {
        (Feature.Leads, true) => (await client.Leads.EnrichAsync<Found>(Lead(token), cancellationToken: ct)).Data.Title,
        (Feature.Leads, false) => Title(await client.Leads.EnrichAsync(Lead(token), Fields, cancellationToken: ct)),
        (Feature.People, true) => (await client.People.EnrichAsync<Found>(Lead(token), cancellationToken: ct)).Data.Title,
        (Feature.People, false) => Title(await client.People.EnrichAsync(Lead(token), Fields, cancellationToken: ct)),
        (_, true) => (await client.Companies.EnrichAsync<Found>(Company(token), cancellationToken: ct)).Data.Title,
        _ => Title(await client.Companies.EnrichAsync(Company(token), Fields, cancellationToken: ct)),
    };

    /// <summary>The same as a raw request, which the client knows nothing about but that it may cost. Null when the answer is another one.</summary>
    public async Task<string?> RawCallAsync(string token, CancellationToken ct)
    {
        var body = new JsonObject { ["lead_info"] = new JsonObject { ["name"] = token }, ["struct"] = new JsonObject { ["title"] = "Current job title" } };
        var answer = await client.Raw.SendAsync(HttpMethod.Post, "/enrich-lead", body, cancellationToken: ct);
        return answer.Json.ValueKind is JsonValueKind.Object && answer.Json.TryGetProperty("structured_data", out var found)
            ? found.GetProperty("title").GetString()
            : null;
    }

    public async Task<string> StartAsync(Feature feature, string token, bool typed, CancellationToken ct) => (feature, typed) switch
    {
        (Feature.Leads, true) => (await client.Leads.StartAsync<Found>(Lead(token), cancellationToken: ct)).Id,
        (Feature.Leads, false) => (await client.Leads.StartAsync(Lead(token), Fields, cancellationToken: ct)).Id,
        (Feature.People, true) => (await client.People.StartAsync<Found>(Lead(token), cancellationToken: ct)).Id,
        (Feature.People, false) => (await client.People.StartAsync(Lead(token), Fields, cancellationToken: ct)).Id,
        (_, true) => (await client.Companies.StartAsync<Found>(Company(token), cancellationToken: ct)).Id,
        _ => (await client.Companies.StartAsync(Company(token), Fields, cancellationToken: ct)).Id,
    };

    public async Task<string?> WaitAsync(Feature feature, string jobId, TimeSpan limit, CancellationToken ct)
    {
        var options = new JobWaitOptions { Timeout = limit };
        return feature switch
        {
            Feature.Leads => (await client.Leads.GetJob<Found>(jobId).WaitAsync(options, ct)).Data.Title,
            Feature.People => (await client.People.GetJob<Found>(jobId).WaitAsync(options, ct)).Data.Title,
            _ => (await client.Companies.GetJob<Found>(jobId).WaitAsync(options, ct)).Data.Title,
        };
    }

    public Task GetStatusAsync(string jobId, CancellationToken ct) => client.Jobs.GetStatusAsync(jobId, cancellationToken: ct);

    public IAsyncEnumerable<RunOutcome> Many(Feature feature, IEnumerable<string> tokens, ManySettings settings, CancellationToken ct)
    {
        var inputs = tokens.ToAsyncEnumerable();
        return feature switch
        {
            Feature.Leads => client.Leads.EnrichManyAsync(inputs, Lead, EnrichmentStruct.For<Found>(), Settings<LeadOptions>(settings), ct)
                .Select(outcome => new RunOutcome(outcome.Input, outcome.JobId, outcome.Result?.Data.Title, outcome.Error)),
            Feature.People => client.People.EnrichManyAsync(inputs, Lead, EnrichmentStruct.For<Found>(), Settings<LeadOptions>(settings), ct)
                .Select(outcome => new RunOutcome(outcome.Input, outcome.JobId, outcome.Result?.Data.Title, outcome.Error)),
            _ => client.Companies.EnrichManyAsync(inputs, Company, EnrichmentStruct.For<Found>(), Settings<CompanyOptions>(settings), ct)
                .Select(outcome => new RunOutcome(outcome.Input, outcome.JobId, outcome.Result?.Data.Title, outcome.Error)),
        };
    }

    public async Task<string> SubmitAsync(bool companies, IReadOnlyList<string> tokens, string? key, CancellationToken ct)
    {
        var file = File(companies, tokens);
        var job = companies
            ? await client.Bulk.SubmitCompaniesAsync<Found>(file, new() { IdempotencyKey = key }, ct)
            : await client.Bulk.SubmitPeopleAsync<Found>(file, new() { IdempotencyKey = key }, ct);
        return job.Id;
    }

    public async Task<IReadOnlyList<string?>> WaitForFileAsync(string jobId, TimeSpan limit, CancellationToken ct)
    {
        using var result = await client.Bulk.GetJob(jobId).WaitAsync(new() { Timeout = limit }, ct);
        return await TitlesAsync(result, ct);
    }

    public static async Task<IReadOnlyList<string?>> TitlesAsync(BulkResult result, CancellationToken ct) =>
        await result.ReadRowsAsync<Found>(cancellationToken: ct).Select(row => row.Data.Title).ToListAsync(ct);

    public static BulkFile File(bool companies, IEnumerable<string> tokens)
    {
        var csv = (companies ? "company_name,website\n" : "name,company\n") + string.Concat(tokens.Select(token => $"{token},{token}.example\n"));
        return BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(csv)), companies ? "companies.csv" : "people.csv");
    }

    private static ManyOptions<string, TOptions> Settings<TOptions>(ManySettings settings)
        where TOptions : EnrichmentOptions, new() => new()
        {
            MaxInFlight = settings.MaxInFlight,
            ResumeJobId = settings.ResumeJobId,
            KeepInputOrder = settings.KeepInputOrder,
            MaxCostCents = settings.MaxCostCents,
            CentsPerCall = settings.MaxCostCents is null ? null : Service.CentsPerRow,
            OnStarting = settings.OnStarting is { } onStarting ? (token, _) => Done(() => onStarting(token)) : null,
            OnStarted = settings.OnStarted is { } onStarted ? (token, jobId, _) => Done(() => onStarted(token, jobId)) : null,
        };

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private static LeadInfo Lead(string token) => new() { Name = token, Company = "Example Robotics" };

    private static CompanyInfo Company(string token) => new() { Name = token };

    private static string? Title(Enrichment found) => found["title"].AsString();

    private static string? Title(CompanyEnrichment found) => found["title"].AsString();

    internal sealed record Found(string? Title);
}
