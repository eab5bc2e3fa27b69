using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;
using static Sixtyfour.Tests.Support.BulkHandler;

namespace Sixtyfour.Tests.Bulk;

public sealed partial class RunTests : IDisposable
{
    private static readonly BulkLimits ThreeRows = new(1_000, 3);

    private readonly FakeClock _clock = new();
    private readonly BulkService _service = new();
    private readonly MemoryJournal _journal = new();
    private readonly List<BulkHandler> _handlers = [];
    private readonly LogRecords _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BulkHandler Handler => _handlers[^1];

    public void Dispose() => _handlers.ForEach(handler => handler.Dispose());

    [Fact]
    public async Task Any_number_of_rows_goes_out_in_files_and_comes_back_as_one_result()
    {
        var seen = new List<BulkProgress>();

        var result = await RunAsync(Rows(10), new() { Progress = new Told(seen) });

        _service.Accepted.Select(file => file.Rows.Count).Should().BeEquivalentTo([3, 3, 3, 1]);
        RowsSent().Should().Equal(Enumerable.Range(0, 10).Select(i => $"{i},n{i}"));
        result.ChargeCents.Should().Be(100);
        result.Files.Should().HaveCount(4);
        seen[^1].Should()
            .BeEquivalentTo(new BulkProgress { FilesSubmitted = 4, FilesDone = 4, Rows = 10, RowsDone = 10, ChargedCents = 100, EstimatedCostCents = 100 });
        seen.Should().AllSatisfy(progress => progress.Rows.Should().Be(10));
    }

    [Fact]
    public async Task Rows_of_a_type_are_read_once_and_never_ahead()
    {
        var enumerations = 0;

        await RunAsync(BulkFile.FromRows(Counted()));

        enumerations.Should().Be(1);
        _service.Accepted.SelectMany(file => file.Rows).Should().BeEquivalentTo(Enumerable.Range(0, 7).Select(i => $$"""{"row_id":{{i}},"name":"n{{i}}"}"""));

        async IAsyncEnumerable<Row> Counted()
        {
            enumerations++;
            for (var i = 0; i < 7; i++)
            {
                await Task.Yield();
                yield return new($"n{i}");
            }
        }
    }

    [Fact]
    public async Task Each_file_is_in_the_journal_before_its_first_byte_leaves()
    {
        NewHandler().OnUpload = number =>
        {
            var keys = _journal.Lines.Select(line => (string?)JsonNode.Parse(line)!["key"]);
            keys.Should().Contain(Handler.Uploads[number - 1].Key);
            return Task.CompletedTask;
        };

        await RunAsync(Rows(10), handler: Handler);

        _journal.Lines.Select(line => (string)JsonNode.Parse(line)!["key"]!).Distinct().Should().HaveCount(4);
        _journal.Lines.Should().NotContain(line => line.Contains("n1", StringComparison.Ordinal), "it holds no value of any row");
    }

    [Fact]
    public async Task A_run_that_was_done_is_only_asked_about_again()
    {
        var first = await RunAsync(Rows(7));
        var lines = _journal.Lines.Count;

        var again = await RunAsync(Rows(7));

        Handler.Uploads.Should().BeEmpty();
        again.ChargeCents.Should().Be(first.ChargeCents);
        _journal.Lines.Should().HaveCount(lines);
    }

    [Fact]
    public async Task Killed_at_any_point_it_goes_on_with_the_same_keys_and_pays_nothing_twice()
    {
        var points = 0;
        var isOver = false;
        while (!isOver)
        {
            points++;
            var service = new BulkService();
            var journal = new MemoryJournal();
            using var dying = new BulkHandler(service);
            var left = points;
            dying.OnUpload = _ => Die();
            journal.OnAppend = (_, _) => Die();
            try
            {
                await RunAsync(Rows(10), handler: dying, journal: journal);
                isOver = left > 0;
            }
            catch (Exception e) when (e is DiedException || e.InnerException is DiedException)
            {
            }
            catch (OutcomeUnknownException)
            {
                // What a handler throws looks like a lost answer.
            }

            journal.OnAppend = null;
            using var handler = new BulkHandler(service);
            await RunAsync(Rows(10), handler: handler, journal: journal);

            service.Accepted.Select(file => file.Rows.Count).Sum().Should().Be(10, "killed at point {0}", points);
            service.Accepted.SelectMany(file => file.Rows).Order().Should().Equal(Enumerable.Range(0, 10).Select(i => $"{i},n{i}").Order());

            Task Die() => --left is 0 || left < 0 ? throw new DiedException() : Task.CompletedTask;
        }

        points.Should().BeGreaterThan(20);
    }

    [Theory]
    [InlineData(Mishap.LosesTheAnswer)]
    [InlineData(Mishap.BreaksTheUpload)]
    [InlineData(Mishap.Answers500)]
    [InlineData(Mishap.Answers502)]
    internal async Task A_file_whose_answers_were_lost_is_sent_again_under_its_key(Mishap mishap)
    {
        NewHandler().Then(Mishap.None, mishap, mishap, mishap, mishap, mishap, mishap, mishap, mishap, mishap, mishap);
        await FluentActions.Awaiting(() => RunAsync(Rows(4), handler: Handler)).Should().ThrowAsync<OutcomeUnknownException>();
        var before = Handler.Uploads;

        await RunAsync(Rows(4));

        Handler.Uploads.Select(upload => upload.Key).Should().BeSubsetOf(_journal.Lines.Select(line => (string?)JsonNode.Parse(line)!["key"]));
        RowsSent().Should().Equal("0,n0", "1,n1", "2,n2", "3,n3");
        _service.Accepted.Should().HaveCount(2);
        _journal.Lines.Select(line => (string)JsonNode.Parse(line)!["key"]!).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task Other_rows_are_noticed_before_anything_is_sent()
    {
        await RunAsync(Rows(4));
        // As if the process had died before the second answer.
        _journal.Drop(line => line.Contains("\"file\":2", StringComparison.Ordinal) && line.Contains("\"job\"", StringComparison.Ordinal));

        foreach (var changed in (string[])["name\nx0\nn1\nn2\nn3\n", "name\nn0\nn2\nn1\nn3\n", "name\nn0\n", "title\nn0\nn1\nn2\nn3\n"])
        {
            (await FluentActions.Awaiting(() => RunAsync(Csv(changed))).Should().ThrowAsync<BulkInputChangedException>())
                .WithMessage("File 1 of the run*Nothing was sent*");
            Handler.Uploads.Should().BeEmpty();
            Handler.Polls.Should().Be(0);
        }
    }

    [Fact]
    public async Task Rows_behind_the_end_of_a_finished_run_are_noticed()
    {
        await RunAsync(Rows(6));

        (await FluentActions.Awaiting(() => RunAsync(Rows(7))).Should().ThrowAsync<BulkInputChangedException>()).WithMessage("*more rows than before*");
    }

    [Fact]
    public async Task Another_configuration_is_another_run()
    {
        await RunAsync(Rows(2));

        (await FluentActions.Awaiting(() => RunAsync(Rows(2), new() { Each = { Tier = Tier.High } })).Should().ThrowAsync<BulkInputChangedException>())
            .WithMessage("*belongs to another run*");
        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_refused_can_be_mended_and_sent_under_a_new_key()
    {
        NewHandler().Then(Mishap.None, Mishap.Answers400);
        await FluentActions.Awaiting(() => RunAsync(Csv("name\nn0\nn1\nn2\nbad\n"), handler: Handler)).Should().ThrowAsync<InvalidRequestException>();
        _clock.Advance(TimeSpan.FromDays(3));

        await RunAsync(Csv("name\nn0\nn1\nn2\ngood\nmore\n"));

        RowsSent().Should().Equal("0,n0", "1,n1", "2,n2", "3,good", "4,more");
    }

    [Fact]
    public async Task A_file_that_was_sent_too_long_ago_is_reported_and_not_sent_again()
    {
        NewHandler().Then(Enumerable.Repeat(Mishap.LosesTheAnswer, 5).ToArray());
        await FluentActions.Awaiting(() => RunAsync(Rows(2), handler: Handler)).Should().ThrowAsync<OutcomeUnknownException>();
        _clock.Advance(TimeSpan.FromHours(24.1));

        var error = (await FluentActions.Awaiting(() => RunAsync(Rows(2))).Should().ThrowAsync<BulkRunIncompleteException>()).Which;

        error.Failures.Single().Should().BeOfType<OutcomeUnknownException>().Which.IdempotencyKey.Should().Be(_service.Accepted.Single().Key);
        error.Message.Should().Contain("rows 0 to 1").And.Contain("KeyLifetime");
        Handler.Uploads.Should().BeEmpty();

        await RunAsync(Rows(2), new() { KeyLifetime = TimeSpan.FromDays(7) });
        Handler.Uploads.Should().ContainSingle();
        _service.Accepted.Should().ContainSingle();
    }

    [Fact]
    public async Task A_line_that_was_lost_repeats_its_key()
    {
        await RunAsync(Rows(5));
        var keys = Keys().ToList();
        // As if the disk had lost what was written last.
        _journal.Drop(line => line.Contains("\"file\":2", StringComparison.Ordinal));

        await RunAsync(Rows(5));

        Handler.Uploads.Should().ContainSingle();
        _service.Accepted.Should().HaveCount(2, "the service knows the key");
        Keys().Should().Equal(keys);
    }

    [Fact]
    public async Task Each_run_has_keys_of_its_own()
    {
        await RunAsync(Rows(5));
        await RunAsync(Rows(5), journal: new MemoryJournal());

        _service.Accepted.Select(file => file.Key).Should().OnlyHaveUniqueItems().And.HaveCount(4);
    }

    [Fact]
    public async Task A_journal_is_continued_at_its_own_service_and_for_its_own_account_only()
    {
        await RunAsync(Rows(2), new() { Account = "sales" });

        await FluentActions.Awaiting(() => RunAsync(Rows(2), new() { Account = "support" }))
            .Should().ThrowAsync<BulkInputChangedException>().WithMessage("*account*");
        await FluentActions.Awaiting(() => RunAsync(Rows(2), new() { Account = "sales" }, configure: o => o.Endpoint = new("https://other.sixtyfour.test")))
            .Should().ThrowAsync<BulkInputChangedException>().WithMessage("*service*");
        Handler.Uploads.Should().BeEmpty();

        await RunAsync(Rows(2), new() { Account = "sales" }, configure: o => o.ApiKey = "sk_test_rotated");
        Handler.Uploads.Should().BeEmpty();
        _service.Accepted.Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, """{"detail": "Job not found"}""")]
    [InlineData(HttpStatusCode.OK, "[]")]
    public async Task A_job_that_the_service_cannot_tell_about_is_the_failure_of_its_file_alone(HttpStatusCode status, string body)
    {
        await RunAsync(Rows(10));
        _service.StatusOf = file => file.Rows.Contains("4,n4") ? throw new StatusException(status, body) : "completed";

        var error = (await FluentActions.Awaiting(() => RunAsync(Rows(10))).Should().ThrowAsync<BulkRunIncompleteException>()).Which;

        error.Failures.Should().ContainSingle().Which.JobId.Should().Be(_service.Accepted.Single(file => file.Rows.Contains("4,n4")).JobId);
        using var completed = error.Completed;
        completed.Files.Should().HaveCount(3);
        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task An_id_that_the_journal_does_not_take_is_told_and_paid_for_once()
    {
        _journal.OnAppend = (_, _) => _ = _service.Accepted.Count > 0 ? throw new IOException("No space left on device") : 0;

        (await FluentActions.Awaiting(() => RunAsync(Rows(2))).Should().ThrowAsync<IOException>())
            .WithMessage($"Job job-1 was started for file 1 of the run*No space left*{_service.Accepted.Single().Key}*");
        _log.Records.Should().Contain(record => record.Level == LogLevel.Error && record.Message.Contains("job-1", StringComparison.Ordinal));

        _journal.OnAppend = null;
        await RunAsync(Rows(2));
        _service.Accepted.Should().ContainSingle();
    }

    [Fact]
    public async Task Two_runs_in_one_journal_are_noticed()
    {
        await RunAsync(Rows(5));
        _journal.Replace(
            line => line.Contains("\"file\":2", StringComparison.Ordinal) ? line.Replace("\"seed\":\"", "\"seed\":\"other-", StringComparison.Ordinal) : line);

        await FluentActions.Awaiting(() => RunAsync(Rows(5))).Should().ThrowAsync<InvalidDataException>().WithMessage("*two runs*");
    }

    [Fact]
    public async Task A_job_that_fails_ends_the_run_when_all_others_are_done_and_their_rows_are_there()
    {
        _service.StatusOf = file => file.Rows.Contains("4,n4") ? "failed" : "completed";
        var seen = new List<BulkProgress>();

        var error = (await FluentActions.Awaiting(() => RunAsync(Rows(10), new() { Progress = new Told(seen) }))
            .Should().ThrowAsync<BulkRunIncompleteException>()).Which;

        _service.Accepted.Should().HaveCount(4);
        error.JobId.Should().Be(_service.Accepted.Single(file => file.Rows.Contains("4,n4")).JobId);
        error.Failures.Should().ContainSingle().Which.Should().BeOfType<JobFailedException>().Which.Should().BeSameAs(error.InnerException);
        error.Message.Should().Contain("same journal").And.Contain($"Job {error.JobId} ended as 'failed'").And.EndWith(error.Failures[0].Message);
        seen[^1].FilesDone.Should().Be(4);
        using var completed = error.Completed;
        (completed.ChargeCents, completed.Files.Count).Should().Be((70m, 3));
    }

    [Fact]
    public async Task A_ceiling_is_checked_for_the_whole_run_where_the_rows_can_be_counted()
    {
        var error = (await FluentActions.Awaiting(() => RunAsync(Rows(10), new() { MaxCostCents = 99 })).Should().ThrowAsync<CostLimitException>()).Which;

        (error.LimitCents, error.NeededCents).Should().Be((99m, 100m));
        Handler.Uploads.Should().BeEmpty();
        _journal.Lines.Should().BeEmpty();

        await RunAsync(Rows(10), new() { MaxCostCents = 100 });
        _service.Accepted.Should().HaveCount(4);
    }

    [Fact]
    public async Task A_sequence_is_sent_as_far_as_the_ceiling_goes_and_goes_on_under_a_higher_one()
    {
        var rows = Enumerable.Range(0, 10).Select(i => new Row($"n{i}"));

        var error = (await FluentActions.Awaiting(() => RunAsync(BulkFile.FromRows(rows), new() { MaxCostCents = 70 }))
            .Should().ThrowAsync<CostLimitException>()).Which;

        error.NeededCents.Should().Be(90);
        _service.Accepted.Should().HaveCount(2);
        Handler.Polls.Should().Be(2, "what was started is waited for, because it may cost less");

        await RunAsync(BulkFile.FromRows(rows), new() { MaxCostCents = 100 });
        _service.Accepted.SelectMany(file => file.Rows).Should().OnlyHaveUniqueItems().And.HaveCount(10);
    }

    [Fact]
    public async Task A_charge_below_what_was_set_aside_makes_room()
    {
        _service.Charge = file => file.Rows.Count;
        var rows = Enumerable.Range(0, 9).Select(i => new Row($"n{i}"));

        await RunAsync(BulkFile.FromRows(rows), new() { MaxCostCents = 40 });

        _service.Accepted.Should().HaveCount(3);
    }

    [Fact]
    public async Task An_estimate_above_the_price_is_believed()
    {
        _service.Estimate = file => file.Rows.Count * 30;
        _service.Charge = file => file.Rows.Count * 30;
        var rows = Enumerable.Range(0, 9).Select(i => new Row($"n{i}"));

        var error = (await FluentActions.Awaiting(() => RunAsync(BulkFile.FromRows(rows), new() { MaxCostCents = 130, Each = { CentsPerRow = 1 } }))
            .Should().ThrowAsync<CostLimitException>()).Which;

        _service.Accepted.Count.Should().BeLessThan(3);
        error.NeededCents.Should().BeGreaterThan(130);
    }

    [Fact]
    public async Task Cancelling_ends_the_waiting_and_the_run_goes_on_later()
    {
        using var caller = new CancellationTokenSource();
        _service.StatusOf = _ =>
        {
            if (_service.Accepted.Count is 2 && Handler.Polls > 2)
            {
                caller.Cancel();
            }

            return "running";
        };

        (await FluentActions.Awaiting(() => RunAsync(Rows(4), token: caller.Token)).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken
            .Should().Be(caller.Token);
        _service.StatusOf = _ => "completed";
        await RunAsync(Rows(4));
        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_without_rows_is_none() =>
        (await FluentActions.Awaiting(() => RunAsync(Csv("name\n"))).Should().ThrowAsync<ArgumentException>()).WithMessage("*holds no row*");

    [Fact]
    public async Task What_is_wrong_with_the_last_row_shows_before_the_first_is_paid_for()
    {
        var file = BulkFile.FromStream(new MemoryStream("{}\n{}\n{}\n{}\nrubbish\n"u8.ToArray()), "leads.jsonl");

        (await FluentActions.Awaiting(() => RunAsync(file)).Should().ThrowAsync<ArgumentException>()).WithMessage("*row 4 (from 0)*");

        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task A_damaged_journal_sends_nothing()
    {
        await RunAsync(Rows(7));
        _journal.Drop(line => line.Contains("\"file\":2", StringComparison.Ordinal));

        (await FluentActions.Awaiting(() => RunAsync(Rows(7))).Should().ThrowAsync<InvalidDataException>()).WithMessage("*file 3*nothing is sent without it*");

        Handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_queues_for_its_turn_however_short_the_patience_of_the_client_is()
    {
        NewHandler();
        await RunAsync(Rows(36), handler: Handler, configure: o => o.RateLimit.MaxWait = TimeSpan.Zero);

        _service.Accepted.Should().HaveCount(12);
    }

    [Fact]
    public async Task Two_runs_cannot_share_a_journal_file()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.journal");
        try
        {
            using var other = BulkJournal.AtPath(path).Open();
            await FluentActions.Awaiting(() => RunAsync(Rows(2), journal: BulkJournal.AtPath(path))).Should().ThrowAsync<IOException>();
            Handler.Uploads.Should().BeEmpty();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_row_of_any_kind_that_could_not_be_read_back_is_refused_before_anything_is_sent()
    {
        foreach (var (name, text, message) in ((string, string, string)[])[
            ("a.csv", "name,title\nn0,t\nn1,t\nn2,t\nn3,t,more\n", "*row 3 (from 0) has 3 values under 2 columns*(line 5, column 6)*"),
            ("a.csv", "name\n\"n0\"x\n", "*text follows a closing quote*"),
            ("a.csv", "name;title\nn0;t\n", "*semicolons*"),
            ("a.jsonl", "{}\n{}\n{}\n{}\n{\"a\":"
                + new string('[', 64) + new string(']', 64) + "}\n", "*row 4 (from 0) is not valid JSON, or is nested more than 64 deep*"),
            ("a.json", "[{},{},{},{},7]", "*row 4 (from 0) is not a JSON object*"),
            ("a.jsonl", "{}\n{\"a\": NaN}\n", "*row 1 (from 0) is not valid JSON*")])
        {
            NewHandler();
            var client = BulkClients.Create(Handler, _clock);
            BulkFile File() => BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

            (await FluentActions.Awaiting(() => RunAsync(File())).Should().ThrowAsync<ArgumentException>()).WithMessage(message);
            (await FluentActions.Awaiting(() => client.SubmitPeopleAsync(File(), Ask.Title, cancellationToken: Token)).Should().ThrowAsync<ArgumentException>())
                .WithMessage(message);
            Handler.Uploads.Should().BeEmpty();
        }
    }

    private static BulkFile Rows(int count) => Csv("name\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"n{i}\n")));

    private static BulkFile Csv(string text) => BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), "leads.csv");

    private IEnumerable<string> RowsSent() => _service.Accepted.SelectMany(file => file.Rows).OrderBy(row => int.Parse(row.Split(',')[0], null));

    private BulkHandler NewHandler()
    {
        _handlers.Add(new(_service));
        return Handler;
    }

    // Each time as in a process of its own: another client, with no memory but the journal.
    private Task<BulkResult> RunAsync(
        BulkFile file,
        BulkRunOptions<BulkOptions>? options = null,
        BulkHandler? handler = null,
        BulkJournal? journal = null,
        Action<SixtyfourClientOptions>? configure = null,
        CancellationToken? token = null)
    {
        handler ??= NewHandler();
        var client = BulkClients.Create(handler, _clock, ThreeRows, options =>
        {
            // The limits of a transfer are tested elsewhere.
            options.TransferIdleTimeout = TimeSpan.FromHours(1);
            options.QuickAttemptTimeout = TimeSpan.FromHours(1);
            options.QuickTotalTimeout = TimeSpan.FromHours(2);
            configure?.Invoke(options);
        }, _log);
        return _clock.RunAsync(client.RunPeopleAsync(file, journal ?? _journal, Ask.Title, options, token ?? Token));
    }

    private sealed record Row(string Name);

    private sealed class DiedException : Exception;

    private sealed class LogRecords : ILogger
    {
        public List<(LogLevel Level, string Message)> Records { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Records.Add((logLevel, formatter(state, exception)));
    }

    private sealed class Told(List<BulkProgress> seen) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => seen.Add(value);
    }
}
