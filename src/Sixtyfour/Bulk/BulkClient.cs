using Microsoft.Extensions.Logging;
using System.Diagnostics;
using Sixtyfour.Diagnostics;
using Sixtyfour.Files;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

internal sealed class BulkClient : IBulkClient
{
    private readonly BulkResearch _people;
    private readonly BulkResearch _companies;
    private readonly IJobSource _jobs;
    private readonly FileDownloads _files;

    public BulkClient(
        Transport transport, IJobSource jobs, JsonContracts contracts, FileDownloads files, SixtyfourClientOptions options, ILogger logger,
        BulkLimits? limits = null)
    {
        _jobs = jobs;
        _files = files;
        var sender = new BulkSender(transport);
        _people = Research(BulkKind.People);
        _companies = Research(BulkKind.Companies);

        BulkResearch Research(BulkKind kind) =>
            new(kind, sender, jobs, contracts, files, options, limits ?? BulkLimits.OfService, () => Guid.NewGuid().ToString(), logger);
    }

    public Task<BulkEstimate> EstimatePeopleAsync(BulkFile file, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.EstimateAsync(file, options, cancellationToken);

    public Task<BulkEstimate> EstimateCompaniesAsync(BulkFile file, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.EstimateAsync(file, options, cancellationToken);

    public Task<BulkJob> SubmitPeopleAsync(
        BulkFile file, EnrichmentStruct fields, BulkSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.SubmitAsync(file, fields, options, options?.IdempotencyKey, options?.MaxCostCents, cancellationToken);

    public Task<BulkJob> SubmitPeopleAsync<T>(BulkFile file, BulkSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.SubmitAsync<T>(file, options, options?.IdempotencyKey, options?.MaxCostCents, cancellationToken);

    public Task<BulkJob> SubmitCompaniesAsync(
        BulkFile file, EnrichmentStruct fields, CompanyBulkSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.SubmitAsync(file, fields, options, options?.IdempotencyKey, options?.MaxCostCents, cancellationToken);

    public Task<BulkJob> SubmitCompaniesAsync<T>(BulkFile file, CompanyBulkSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.SubmitAsync<T>(file, options, options?.IdempotencyKey, options?.MaxCostCents, cancellationToken);

    public Task<BulkResult> RunPeopleAsync(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, BulkRunOptions<BulkOptions>? options = null,
        CancellationToken cancellationToken = default) =>
        _people.RunAsync(file, journal, fields, options, cancellationToken);

    public Task<BulkResult> RunPeopleAsync<T>(
        BulkFile file, BulkJournal journal, BulkRunOptions<BulkOptions>? options = null, CancellationToken cancellationToken = default) =>
        _people.RunAsync<T, BulkOptions>(file, journal, options, cancellationToken);

    public Task<BulkResult> RunCompaniesAsync(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, BulkRunOptions<CompanyBulkOptions>? options = null,
        CancellationToken cancellationToken = default) =>
        _companies.RunAsync(file, journal, fields, options, cancellationToken);

    public Task<BulkResult> RunCompaniesAsync<T>(
        BulkFile file, BulkJournal journal, BulkRunOptions<CompanyBulkOptions>? options = null, CancellationToken cancellationToken = default) =>
        _companies.RunAsync<T, CompanyBulkOptions>(file, journal, options, cancellationToken);

    public BulkJob GetJob(string jobId) => new(jobId, _jobs, finished => BulkResults.Read(finished, _files));
}

/// <summary>The operations on a bulk file, the same for people and companies.</summary>
internal sealed class BulkResearch(
    BulkKind kind, BulkSender sender, IJobSource jobs, JsonContracts contracts, FileDownloads files, SixtyfourClientOptions client, BulkLimits limits,
    Func<string> newKey, ILogger logger)
{
    public async Task<BulkEstimate> EstimateAsync(BulkFile file, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var price = BulkPrice.Of(kind, options, maxCents: null);
        return await BulkCount.OfAsync(file.Source, price, contracts, limits, cancellationToken).ConfigureAwait(false);
    }

    public async Task<BulkJob> SubmitAsync(
        BulkFile file, EnrichmentStruct fields, BulkOptions? options, string? idempotencyKey, decimal? maxCostCents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(fields);
        var call = new BulkCall(kind, fields, options, maxCostCents, client);
        var key = Idempotency.Check(idempotencyKey) ?? newKey();
        using var ready = await file.Source.PrepareAsync(contracts, limits, cancellationToken).ConfigureAwait(false);
        call.Price.Check(ready.Rows);
        var start = await sender.SendAsync(call, ready, key, within: null, cancellationToken).ConfigureAwait(false);
        var rows = start.RowCount ?? ready.Rows;
        return new(start.JobId, jobs, finished => BulkResults.Read(finished, files, call.Asked, rows), start, key);
    }

    public Task<BulkJob> SubmitAsync<T>(
        BulkFile file, BulkOptions? options, string? idempotencyKey, decimal? maxCostCents, CancellationToken cancellationToken) =>
        SubmitAsync(file, Fields<T>(options), options, idempotencyKey, maxCostCents, cancellationToken);

    public async Task<BulkResult> RunAsync<TOptions>(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, BulkRunOptions<TOptions>? options, CancellationToken cancellationToken)
        where TOptions : BulkOptions, new()
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(fields);
        var settings = Settings(file, fields, options ?? new());
        using var activity = Telemetry.Source.StartActivity("sixtyfour bulk run");
        activity?.SetTag(Telemetry.RouteTag, kind.Route);
        try
        {
            using var alone = journal.Open();
            var state = await JournalState.ReadAsync(journal, settings.Fingerprint, newKey, cancellationToken).ConfigureAwait(false);
            using var run = new BulkRun(settings, file.Source, state, cancellationToken);
            var end = await run.RunAsync().ConfigureAwait(false);
            var result = BulkResults.ReadRun(end.Parts, files, settings.Call.Asked);
            return end.Failures.Count is 0 ? result : throw new BulkRunIncompleteException(result, end.Failures);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
    }

    public Task<BulkResult> RunAsync<T, TOptions>(BulkFile file, BulkJournal journal, BulkRunOptions<TOptions>? options, CancellationToken cancellationToken)
        where TOptions : BulkOptions, new() =>
        RunAsync(file, journal, Fields<T>(options?.Each), options, cancellationToken);

    private EnrichmentStruct Fields<T>(BulkOptions? options)
    {
        var fields = EnrichmentStruct<T>.In(options?.TypedFields);
        return fields.Asked(fields.Contract(contracts));
    }

    private BulkRunSettings Settings<TOptions>(BulkFile file, EnrichmentStruct fields, BulkRunOptions<TOptions> options)
        where TOptions : BulkOptions, new()
    {
        BulkRunSettings.Check(options.Each);
        var call = new BulkCall(kind, fields, options.Each, options.MaxCostCents, client);
        return new()
        {
            Call = call,
            Fingerprint = BulkRunSettings.FingerprintOf(call, file.Source.Format, client.Endpoint, options.Account),
            KeyLifetime = options.KeyLifetime > TimeSpan.Zero
                ? options.KeyLifetime
                : throw new ArgumentException($"{nameof(options.KeyLifetime)} is {options.KeyLifetime}: it must be more than zero.", nameof(options)),
            Progress = options.Progress,
            Limits = limits,
            Sender = sender,
            Jobs = jobs,
            Contracts = contracts,
            Clock = client.TimeProvider,
            Logger = logger,
        };
    }
}
