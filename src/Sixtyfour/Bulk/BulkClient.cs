using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

internal sealed class BulkClient : IBulkClient
{
    private readonly BulkResearch _people;
    private readonly BulkResearch _companies;
    private readonly IJobSource _jobs;
    private readonly BulkFiles _files;

    public BulkClient(Transport transport, IJobSource jobs, JsonContracts contracts, BulkFiles files, SixtyfourClientOptions options, BulkLimits? limits = null)
    {
        _jobs = jobs;
        _files = files;
        var sender = new BulkSender(transport);
        _people = Research(BulkKind.People);
        _companies = Research(BulkKind.Companies);

        BulkResearch Research(BulkKind kind) => new(kind, sender, jobs, contracts, files, options, limits ?? BulkLimits.OfService, () => Guid.NewGuid().ToString());
    }

    public Task<BulkEstimate> EstimatePeopleAsync(BulkFile file, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.EstimateAsync(file, options, cancellationToken);

    public Task<BulkEstimate> EstimateCompaniesAsync(BulkFile file, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.EstimateAsync(file, options, cancellationToken);

    public Task<BulkJob> SubmitPeopleAsync(BulkFile file, EnrichmentStruct fields, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.SubmitAsync(file, fields, options, cancellationToken);

    public Task<BulkJob> SubmitPeopleAsync<T>(BulkFile file, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.SubmitAsync<T>(file, options, cancellationToken);

    public Task<BulkJob> SubmitCompaniesAsync(BulkFile file, EnrichmentStruct fields, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.SubmitAsync(file, fields, options, cancellationToken);

    public Task<BulkJob> SubmitCompaniesAsync<T>(BulkFile file, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.SubmitAsync<T>(file, options, cancellationToken);

    public Task<BulkResult> RunPeopleAsync(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.RunAsync(file, journal, fields, options, cancellationToken);

    public Task<BulkResult> RunPeopleAsync<T>(BulkFile file, BulkJournal journal, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _people.RunAsync<T>(file, journal, options, cancellationToken);

    public Task<BulkResult> RunCompaniesAsync(
        BulkFile file, BulkJournal journal, EnrichmentStruct fields, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.RunAsync(file, journal, fields, options, cancellationToken);

    public Task<BulkResult> RunCompaniesAsync<T>(BulkFile file, BulkJournal journal, CompanyBulkOptions? options = null, CancellationToken cancellationToken = default) =>
        _companies.RunAsync<T>(file, journal, options, cancellationToken);

    public BulkJob GetJob(string jobId) => new(jobId, _jobs, finished => BulkResults.Read(finished, _files));
}
