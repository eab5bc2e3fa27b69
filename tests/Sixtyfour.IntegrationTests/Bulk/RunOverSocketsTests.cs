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

        using var result = await api.Client.Bulk.RunPeopleAsync(
            BulkApi.People_(Rows, noteLength: 1), BulkJournal.AtPath(JournalPath), Api.Title, cancellationToken: Api.Token);
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

    [Fact]
    public async Task A_file_that_fails_does_not_take_the_rows_of_the_others_with_it()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.BalanceCents = 100_000_000);
        api.Emulator.Inject(Fault.FailsTheJob("The file could not be processed"), BulkApi.People);

        var error = (await FluentActions.Awaiting(() => RunAsync(api, 100_001)).Should().ThrowAsync<BulkRunIncompleteException>()).Which;

        using var completed = error.Completed;
        var done = api.Emulator.Jobs.Single(job => job.Status.IsSuccess);
        error.Failures.Single().JobId.Should().Be(api.Emulator.Jobs.Single(job => !job.Status.IsSuccess).Id);
        var first = done.Rows is 1 ? 100_000 : 0;
        (await BulkApi.RowsOf(completed)).Select(row => row.Index).Should().Equal(Enumerable.Range(first, done.Rows!.Value).Select(index => (long)index));
        completed.ChargeCents.Should().Be(api.Emulator.ChargedCents);
    }

    [Fact]
    public async Task Progress_tells_the_estimate_and_the_rows_the_service_is_at()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => (options.ManualClock, options.RunTime) = (true, _ => TimeSpan.FromMinutes(10)));
        var seen = new List<BulkProgress>();

        using var result = await api.Emulator.AdvanceUntilAsync(
            api.Client.Bulk.RunPeopleAsync(BulkApi.People_(100), BulkJournal.AtPath(JournalPath), Api.Title, new() { Progress = new Told(seen) }, Api.Token),
            Api.Token);

        seen[0].Should().BeEquivalentTo(new BulkProgress { FilesSubmitted = 1, Rows = 100, EstimatedCostCents = 1_000 });
        seen[1..^1].Should().NotBeEmpty().And.OnlyContain(news => news.RowsDone > 0 && news.RowsDone < 100 && news.FilesDone == 0);
        seen.Select(news => news.RowsDone).Should().BeInAscendingOrder();
        seen[^1].Should().BeEquivalentTo(
            new BulkProgress { FilesSubmitted = 1, FilesDone = 1, Rows = 100, RowsDone = 100, ChargedCents = 1_000, EstimatedCostCents = 1_000 });
    }

    private Task<BulkResult> RunAsync(Api api, int rows) =>
        api.Client.Bulk.RunPeopleAsync(BulkApi.People_(rows), BulkJournal.AtPath(JournalPath), Api.Title, cancellationToken: Api.Token);

    private sealed class Told(List<BulkProgress> seen) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => seen.Add(value);
    }
}
