using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>Runs over several files, with everything going wrong that may.</summary>
public sealed class RunOverSocketsTests : IDisposable
{
    // Three files: two are full.
    private const int Rows = 250_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("sixtyfour-tests-").FullName;

    private string JournalPath => Path.Combine(_folder, "run.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_of_three_files_gives_every_row_once_and_in_order()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.BalanceCents = 100_000_000);
        api.Emulator.Inject(Fault.LosesTheAnswer(), BulkApi.People);
        api.Emulator.Inject(Fault.ResetsTheUpload(3_000_000), BulkApi.People);
        api.Emulator.Inject(Fault.Status(HttpStatusCode.InternalServerError), BulkApi.People);
        api.Emulator.Inject(Fault.TruncatesTheBody(1_000_000), BulkApi.Links, times: 2);

        using var result = await api.Client.Bulk.RunPeopleAsync(BulkApi.People_(Rows, noteLength: 1), BulkJournal.AtPath(JournalPath), Api.Title, Api.Token);
        var next = 0;
        await foreach (var row in result.ReadRowsAsync(Api.Token))
        {
            row.Index.Should().Be(next);
            row["name"].AsString().Should().Be($"Person {next}");
            next++;
        }

        next.Should().Be(Rows);
        api.Emulator.FaultsLeft.Should().Be(0);
        api.Emulator.Jobs.Select(job => job.Rows).Should().BeEquivalentTo([100_000, 100_000, 50_000]);
        (api.Emulator.ChargedCents, result.ChargeCents).Should().Be((Rows * 10m, Rows * 10m));
    }

    [Fact]
    public async Task A_finished_run_is_read_again_without_being_paid_again()
    {
        await using var api = await BulkApi.StartAsync();
        using var first = await RunAsync(api, 50);

        using var again = await RunAsync(api, 50);

        (await BulkApi.RowsOf(again)).Should().HaveCount(50);
        again.ChargeCents.Should().Be(500);
        api.Emulator.ChargedCents.Should().Be(500);
        api.Emulator.CountRequests(BulkApi.People).Should().Be(1);
    }

    [Fact]
    public async Task Other_rows_than_those_it_began_with_are_refused()
    {
        await using var api = await BulkApi.StartAsync();
        using var first = await RunAsync(api, 50);
        var requests = api.RequestsSeen;

        foreach (var rows in (int[])[49, 51])
        {
            await FluentActions.Awaiting(() => RunAsync(api, rows)).Should().ThrowAsync<BulkInputChangedException>();
        }

        api.RequestsSeen.Should().Be(requests);
    }

    [Fact]
    public async Task A_torn_last_line_of_the_journal_is_dropped()
    {
        await using var api = await BulkApi.StartAsync();
        using var first = await RunAsync(api, 50);
        var lines = await File.ReadAllLinesAsync(JournalPath, Api.Token);
        lines.Should().HaveCountGreaterThan(1);
        await File.WriteAllTextAsync(JournalPath, string.Concat(lines[..^1].Select(line => line + "\n")) + lines[^1][..^10], Api.Token);

        using var again = await RunAsync(api, 50);

        (await BulkApi.RowsOf(again)).Should().HaveCount(50);
        api.Emulator.ChargedCents.Should().Be(500);
        api.Emulator.Jobs.Should().ContainSingle();
    }

    [Fact]
    public async Task A_run_that_ran_out_of_credits_goes_on_when_there_are_some()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.BalanceCents = 100);
        await FluentActions.Awaiting(() => RunAsync(api, 50)).Should().ThrowAsync<InsufficientCreditsException>();
        api.Emulator.BalanceCents = 500;

        using var result = await RunAsync(api, 50);

        (await BulkApi.RowsOf(result)).Should().HaveCount(50);
        api.Emulator.ChargedCents.Should().Be(500);
    }

    private Task<BulkResult> RunAsync(Api api, int rows) =>
        api.Client.Bulk.RunPeopleAsync(BulkApi.People_(rows), BulkJournal.AtPath(JournalPath), Api.Title, Api.Token);
}
