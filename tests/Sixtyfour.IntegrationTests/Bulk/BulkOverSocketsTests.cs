using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>Whatever happens on the way, a file is paid for once and its rows come back once.</summary>
public sealed class BulkOverSocketsTests
{
    private const int Rows = 2_000;

    [Theory]
    [InlineData("lost answer", 2)]
    [InlineData("500", 2)]
    [InlineData("503", 2)]
    [InlineData("429", 2)]
    [InlineData("reset at the head", 2)]
    [InlineData("reset in the middle", 2)]
    [InlineData("garbled answer", 2)]
    [InlineData("all of them", 7)]
    public async Task An_upload_that_goes_wrong_is_sent_again_and_starts_one_job(string mishap, int uploads)
    {
        await using var api = await BulkApi.StartAsync(options => options.Retry.MaxRetries = 6);
        foreach (var fault in Faults(mishap))
        {
            api.Emulator.Inject(fault, BulkApi.People);
        }

        var job = await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(Rows, noteLength: 1_000), Api.Title, cancellationToken: Api.Token);

        api.Emulator.FaultsLeft.Should().Be(0);
        api.Emulator.CountRequests(BulkApi.People).Should().Be(uploads);
        api.Emulator.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct().Should().ContainSingle().Which.Should().Be(job.IdempotencyKey);
        api.Emulator.Jobs.Should().ContainSingle().Which.Should().Match<EmulatorJob>(started => started.Id == job.Id && started.Rows == Rows);
        api.Emulator.ChargedCents.Should().Be(Rows * 10);
    }

    [Theory]
    [InlineData("truncated", 2)]
    [InlineData("truncated at once", 2)]
    [InlineData("reset at the head", 2)]
    [InlineData("500", 2)]
    [InlineData("429", 2)]
    [InlineData("all of them", 6)]
    public async Task A_download_that_goes_wrong_goes_on_and_every_row_comes_once(string mishap, int downloads)
    {
        await using var api = await BulkApi.StartAsync(options => options.Retry.MaxRetries = 6);
        using var result = await FinishedAsync(api);
        foreach (var fault in DownloadFaults(mishap))
        {
            api.Emulator.Inject(fault, BulkApi.Links);
        }

        var rows = await BulkApi.RowsOf(result);

        api.Emulator.FaultsLeft.Should().Be(0);
        api.Emulator.CountRequests(BulkApi.Links).Should().Be(downloads);
        rows.Select(row => row["name"].AsString()).Should().Equal(Enumerable.Range(0, Rows).Select(i => $"Person {i}"));
        rows.Should().OnlyContain(row => row.IsEnriched);
    }

    [Fact]
    public async Task A_break_in_a_download_is_resumed_and_not_begun_anew()
    {
        await using var api = await BulkApi.StartAsync();
        using var result = await FinishedAsync(api);
        api.Emulator.Inject(Fault.TruncatesTheBody(keepBytes: 50_000), BulkApi.Links);

        await BulkApi.RowsOf(result);

        api.Emulator.Requests[^1].Headers["Range"].Should().Be("bytes=50000-");
    }

    [Fact]
    public async Task A_link_that_has_expired_is_renewed()
    {
        await using var api = await BulkApi.StartAsync(
            emulator: options => options.ManualClock = true, client: options => options.TimeProvider = TimeProvider.System);
        using var result = await FinishedAsync(api);
        api.Emulator.Advance(TimeSpan.FromMinutes(16));

        (await BulkApi.RowsOf(result)).Should().HaveCount(Rows);

        api.Emulator.Requests.Where(request => request.Path.StartsWith("/bulk-files/", StringComparison.Ordinal)).Select(request => request.StatusCode)
            .Should().Equal(403, 200);
        api.Emulator.ChargedCents.Should().Be(Rows * 10);
    }

    [Fact]
    public async Task More_submissions_than_the_service_takes_in_a_minute_wait_and_are_paid_for_once()
    {
        await using var api = await BulkApi.StartAsync(
            options => options.RateLimit.BulkSubmissionsPerMinute = null, emulator: options => options.ManualClock = true);

        var jobs = await api.Emulator.AdvanceUntilAsync(
            Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, cancellationToken: Api.Token))),
            Api.Token);

        jobs.Select(job => job.Id).Should().BeEquivalentTo(api.Emulator.Jobs.Select(job => job.Id)).And.OnlyHaveUniqueItems();
        api.Emulator.Requests.Count(request => request.StatusCode == 429).Should().Be(2, "two had to wait for the next minute");
        api.Emulator.ChargedCents.Should().Be(360);
    }

    [Fact]
    public async Task The_client_itself_keeps_to_ten_submissions_a_minute()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.ManualClock = true);
        var begun = api.Emulator.Clock.GetUtcNow();

        await api.Emulator.AdvanceUntilAsync(Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, cancellationToken: Api.Token))), Api.Token);

        (api.Emulator.Clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.FromSeconds(59)).And.BeLessThan(TimeSpan.FromSeconds(65));
        api.Emulator.Requests.Should().OnlyContain(request => request.StatusCode == 200);
    }

    [Fact]
    public async Task Refusals_say_why_and_cost_nothing()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.BalanceCents = 10);

        await FluentActions.Awaiting(() => api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(2), Api.Title, cancellationToken: Api.Token))
            .Should().ThrowAsync<InsufficientCreditsException>();
        await FluentActions.Awaiting(() => api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(1), Api.Title, new() { Tier = Tier.High }, Api.Token))
            .Should().ThrowAsync<PermissionDeniedException>().WithMessage("*high*");

        api.Emulator.CountRequests(BulkApi.People).Should().Be(2);
        api.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task A_key_of_ones_own_makes_a_second_submission_free()
    {
        await using var api = await BulkApi.StartAsync();
        var options = new BulkSubmitOptions { IdempotencyKey = "import-7" };

        var first = await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, options, Api.Token);
        var again = await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, options, Api.Token);

        (again.Id, first.AlreadyStarted, again.AlreadyStarted).Should().Be((first.Id, false, true));
        (first.EstimatedCostCents, again.EstimatedCostCents).Should().Be((30m, null));
        api.Emulator.ChargedCents.Should().Be(30);
    }

    [Fact]
    public async Task A_failed_job_is_told_with_its_id_and_costs_nothing()
    {
        await using var api = await BulkApi.StartAsync();
        api.Emulator.Inject(Fault.FailsTheJob("The file could not be processed"), BulkApi.People);
        var job = await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, cancellationToken: Api.Token);

        var failure = (await FluentActions.Awaiting(() => job.WaitAsync(Api.Token)).Should().ThrowAsync<JobFailedException>()).Which;

        failure.JobId.Should().Be(job.Id);
        failure.Message.Should().Contain("could not be processed");
        api.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task The_wait_shows_the_stages()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => (options.ManualClock, options.RunTime) = (true, _ => TimeSpan.FromMinutes(10)));
        var job = await api.Emulator.AdvanceUntilAsync(
            api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(100), Api.Title, cancellationToken: Api.Token), Api.Token);
        var seen = new Seen();

        using var result = await api.Emulator.AdvanceUntilAsync(job.WaitAsync(new JobWaitOptions { Progress = seen }, Api.Token), Api.Token);

        var researched = seen.Stages.Where(stages => stages.Count == 2).Select(stages => stages[1].Processed).ToList();
        researched.Should().BeInAscendingOrder().And.Contain(count => count > 0 && count < 100);
        seen.Stages.Where(stages => stages.Count == 2).Should().OnlyContain(stages => stages[0].Name == "read_file" && stages[1].Total == 100);
    }

    [Fact]
    public async Task A_preview_is_never_read_beside_the_file()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.PreviewRows = 10);
        var job = await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(10), Api.Title, cancellationToken: Api.Token);
        using var result = await job.WaitAsync(Api.Token);

        (await BulkApi.RowsOf(result)).Select(row => row["name"].AsString()).Should().Equal(Enumerable.Range(0, 10).Select(i => $"Person {i}"));

        api.Emulator.CountRequests(BulkApi.Links).Should().Be(1);
    }

    [Fact]
    public async Task Another_process_fetches_the_rows_by_the_id()
    {
        await using var api = await BulkApi.StartAsync();
        var id = (await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, cancellationToken: Api.Token)).Id;
        using var other = Api.CreateClient(api.Emulator);

        using var result = await other.Bulk.GetJob(id).WaitAsync(Api.Token);

        (await BulkApi.RowsOf(result)).Should().HaveCount(3);
        result.ChargeCents.Should().Be(30);
    }

    [Fact]
    public async Task Who_knows_the_service_under_another_name_gets_the_files_there_too()
    {
        await using var api = await BulkApi.StartAsync();
        using var client = Api.CreateClient(api.Emulator, options => options.Endpoint = new Uri($"http://localhost:{api.Emulator.Endpoint.Port}"));

        using var result = await (await client.Bulk.SubmitPeopleAsync(BulkApi.People_(3), Api.Title, cancellationToken: Api.Token)).WaitAsync(Api.Token);

        (await BulkApi.RowsOf(result)).Should().HaveCount(3);
        api.Emulator.Requests[^1].Headers["Host"].Should().StartWith("localhost:");
    }

    private static async Task<BulkResult> FinishedAsync(Api api) =>
        await (await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(Rows), Api.Title, cancellationToken: Api.Token)).WaitAsync(Api.Token);

    private static IEnumerable<Fault> Faults(string mishap) => mishap switch
    {
        "lost answer" => [Fault.LosesTheAnswer()],
        "500" => [Fault.Status(HttpStatusCode.InternalServerError)],
        "503" => [Fault.Status(HttpStatusCode.ServiceUnavailable)],
        "429" => [Fault.RateLimited(TimeSpan.Zero)],
        "reset at the head" => [Fault.ResetsTheConnection()],
        "reset in the middle" => [Fault.ResetsTheUpload(afterBytes: 700_000)],
        "garbled answer" => [Fault.TruncatesTheBody(keepBytes: 20)],
        _ =>
        [
            Fault.ResetsTheUpload(100_000), Fault.Status(HttpStatusCode.InternalServerError), Fault.RateLimited(TimeSpan.Zero),
            Fault.LosesTheAnswer(), Fault.ResetsTheConnection(), Fault.LosesTheAnswer(),
        ],
    };

    private static IEnumerable<Fault> DownloadFaults(string mishap) => mishap switch
    {
        "truncated" => [Fault.TruncatesTheBody(keepBytes: 100_000)],
        "truncated at once" => [Fault.TruncatesTheBody(keepBytes: 0)],
        "reset at the head" => [Fault.ResetsTheConnection()],
        "500" => [Fault.Status(HttpStatusCode.InternalServerError)],
        "429" => [Fault.RateLimited(TimeSpan.Zero)],
        _ =>
        [
            Fault.TruncatesTheBody(1_000),
            Fault.ResetsTheConnection(), Fault.TruncatesTheBody(60_000), Fault.Status(HttpStatusCode.ServiceUnavailable), Fault.TruncatesTheBody(1),
        ],
    };

    private sealed class Seen : IProgress<JobSnapshot>
    {
        public List<IReadOnlyList<JobStage>> Stages { get; } = [];

        public void Report(JobSnapshot value) => Stages.Add(value.Stages);
    }
}
