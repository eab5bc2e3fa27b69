using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Bulk;

/// <summary>The options of a single submission have members that mean nothing for the files of a run.</summary>
public sealed class RunOptionsTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly BulkHandler _handler = new(new BulkService());
    private readonly MemoryJournal _journal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task The_ceiling_of_a_single_submission_is_refused()
    {
        await RefusesAsync(new BulkSubmitOptions { MaxCostCents = 1.5m, IdempotencyKey = "mine" }, "MaxCostCents is 1.5 in Each*");
        await RefusesAsync(new CompanyBulkSubmitOptions { MaxCostCents = 0 }, "MaxCostCents is 0 in Each*");
    }

    [Fact]
    public async Task The_key_of_a_single_submission_is_refused()
    {
        await RefusesAsync(new BulkSubmitOptions { IdempotencyKey = "mine" }, "IdempotencyKey is 'mine' in Each*");
        await RefusesAsync(new CompanyBulkSubmitOptions { IdempotencyKey = "" }, "IdempotencyKey is '' in Each*");
    }

    [Fact]
    public async Task Without_them_the_options_of_a_submission_are_those_of_a_run()
    {
        var run = BulkClients.Create(_handler, _clock).RunPeopleAsync(File(), _journal, Ask.Title, new() { Each = new BulkSubmitOptions() }, Token);

        using var result = await _clock.RunAsync(run);
        _handler.Uploads.Should().ContainSingle();
    }

    private async Task RefusesAsync(BulkSubmitOptions each, string message)
    {
        var client = BulkClients.Create(_handler, _clock);
        await RefusesAsync(() => client.RunPeopleAsync(File(), _journal, Ask.Title, new() { Each = each }, Token), message);
        await RefusesAsync(() => client.RunPeopleAsync<Row>(File(), _journal, new() { Each = each }, Token), message);
    }

    private async Task RefusesAsync(CompanyBulkSubmitOptions each, string message)
    {
        var client = BulkClients.Create(_handler, _clock);
        await RefusesAsync(() => client.RunCompaniesAsync(File(), _journal, Ask.Title, new() { Each = each, MaxCostCents = null }, Token), message);
        await RefusesAsync(() => client.RunCompaniesAsync<Row>(File(), _journal, new() { Each = each }, Token), message);
    }

    private async Task RefusesAsync(Func<Task<BulkResult>> run, string message)
    {
        (await FluentActions.Awaiting(() => _clock.RunAsync(run())).Should().ThrowAsync<ArgumentException>()).WithMessage(message);
        _handler.Uploads.Should().BeEmpty();
        _journal.Lines.Should().BeEmpty();
    }

    private static BulkFile File() => BulkFile.FromStream(new MemoryStream("name\nNadia Okafor\n"u8.ToArray()), "leads.csv");

    public sealed record Row(string? Title);
}
