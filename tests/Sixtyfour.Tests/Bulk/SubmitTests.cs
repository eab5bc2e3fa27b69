using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sixtyfour.Bulk;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;
using static Sixtyfour.Tests.Support.BulkHandler;

namespace Sixtyfour.Tests.Bulk;

public sealed class SubmitTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly BulkHandler _handler = new(new BulkService());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BulkService Service => _handler.Service;

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task A_file_goes_out_with_its_configuration_and_comes_back_as_a_job()
    {
        var job = await SubmitAsync(new()
        {
            Tier = Tier.Medium,
            FieldConfidence = true,
            WebhookUrl = new("https://app.example.com/hook"),
            IdempotencyKey = "import-7",
            ExtraProperties = { ["research_plan"] = "Look at team pages" },
        });

        var file = Service.Accepted.Single();
        file.Path.Should().Be("/bulk-intelligence/people");
        file.Key.Should().Be("import-7");
        JsonNode.DeepEquals(
            JsonNode.Parse(file.Config),
            JsonNode.Parse("""{"struct": {"title": "Current job title"}, "tier": "medium", "field_confidence": true,"""
                + """ "webhook_url": "https://app.example.com/hook", "research_plan": "Look at team pages"}"""))
            .Should().BeTrue(file.Config);
        file.FileName.Should().Be("leads.csv");
        file.Text.Should().Be("name\nNadia Okafor\n");
        _handler.Uploads.Single().ContentLength.Should().Be(_handler.Uploads.Single().Bytes.Length);
        job.Should().BeEquivalentTo(new { Id = "job-1", RowCount = 1, EstimatedCostCents = 10m, IdempotencyKey = "import-7", AlreadyStarted = false });
    }

    [Fact]
    public async Task Companies_go_to_their_own_address()
    {
        await Run(Client().SubmitCompaniesAsync(File(), Ask.Title, new() { ExtraProperties = { ["find_people"] = true } }, Token));

        Service.Accepted.Single().Path.Should().Be("/bulk-intelligence/company");
        Service.Accepted.Single().Config.Should().Contain("\"find_people\":true");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_behind_the_id_is_enough()
    {
        // A repeat could find no service, or the caller gone, and the id would be lost with it.
        _handler.Then(Mishap.BreaksTheAnswerBehindTheId, Mishap.Answers502);

        (await SubmitAsync(new())).Id.Should().Be("job-1");

        _handler.Uploads.Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_key_one_is_made_once_and_goes_with_every_attempt_and_the_same_bytes()
    {
        _handler.Then(Mishap.RefusesTheConnection, Mishap.BreaksTheUpload, Mishap.Answers500, Mishap.Answers429);

        var job = await SubmitAsync();
        var other = await SubmitAsync();

        var uploads = _handler.Uploads;
        uploads.Should().HaveCount(4);
        uploads.Take(3).Select(upload => upload.Key).Distinct().Should().ContainSingle().Which.Should().Be(job.IdempotencyKey);
        uploads.Take(3).Should().AllSatisfy(upload => upload.Bytes.Should().Equal(uploads[0].Bytes));
        Guid.TryParse(job.IdempotencyKey, out _).Should().BeTrue();
        other.IdempotencyKey.Should().NotBe(job.IdempotencyKey);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_nothing_is_paid_twice()
    {
        _handler.Then(Mishap.LosesTheAnswer);

        var job = await SubmitAsync();

        job.AlreadyStarted.Should().BeTrue();
        job.RowCount.Should().BeNull();
        job.EstimatedCostCents.Should().BeNull();
        Service.Accepted.Should().ContainSingle().Which.JobId.Should().Be(job.Id);
    }

    [Fact]
    public async Task A_key_of_the_caller_may_have_been_used_before()
    {
        var first = await SubmitAsync(new() { IdempotencyKey = "import-7" });
        var second = await SubmitAsync(new() { IdempotencyKey = "import-7" });

        second.AlreadyStarted.Should().BeTrue();
        second.Id.Should().Be(first.Id);
    }

    [Fact]
    public async Task A_key_made_for_the_call_can_be_known_from_nothing_but_this_call()
    {
        using var handler = new ScriptedHandler().Answers("""{"task_id": "job-9", "status": "RUNNING", "already_started": true}""");

        var job = await Run(BulkClients.Create(handler, _clock).SubmitPeopleAsync(File(), Ask.Title, cancellationToken: Token));

        (job.Id, job.AlreadyStarted).Should().Be(("job-9", true));
    }

    [Theory]
    [InlineData("""{"task_id": "job-9", "status": "RUNNING", "row_count": NaN}""")]
    [InlineData("""{"task_id": "job-9", "status": "RUNN""")]
    [InlineData("""{"task_id": "job-9", "row_count": "many", "estimated_cost_cents": [], "already_started": 1}""")]
    public async Task An_id_in_an_odd_answer_is_the_job(string answer)
    {
        using var handler = new ScriptedHandler().Answers(answer);

        var job = await Run(BulkClients.Create(handler, _clock).SubmitPeopleAsync(File(), Ask.Title, cancellationToken: Token));

        (job.Id, job.RowCount, job.EstimatedCostCents).Should().Be(("job-9", null, null));
    }

    [Fact]
    public async Task A_handler_that_sends_an_upload_twice_does_not_make_its_own_job_a_strange_one()
    {
        var client = BulkClients.Create(new SendsTwice { InnerHandler = _handler }, _clock);

        var job = await Run(client.SubmitPeopleAsync(File(), Ask.Title, cancellationToken: Token));

        job.AlreadyStarted.Should().BeTrue();
        job.Id.Should().Be(Service.Accepted.Should().ContainSingle().Which.JobId);
    }

    [Theory]
    [InlineData("""{"status": "RUNNING"}""")]
    [InlineData("""{"task_id": null}""")]
    [InlineData("""[]""")]
    public async Task An_answer_without_a_job_is_no_answer(string answer)
    {
        using var handler = new ScriptedHandler().Answers(answer);

        var submitting = () => Run(BulkClients.Create(handler, _clock).SubmitPeopleAsync(File(), Ask.Title, cancellationToken: Token));

        var error = (await submitting.Should().ThrowAsync<InvalidResponseException>()).WithMessage("*no task_id*").Which;
        error.InnerException.Should().BeOfType<OutcomeUnknownException>().Which.IdempotencyKey.Should().Be(handler.Seen.Single().Headers["Idempotency-Key"]);
        error.ResponseBody.Should().Be(answer);
    }

    [Fact]
    public async Task When_no_answer_ever_comes_the_error_carries_the_key()
    {
        _handler.Then(Mishap.BreaksTheUpload, Mishap.BreaksTheUpload, Mishap.LosesTheAnswer, Mishap.LosesTheAnswer, Mishap.LosesTheAnswer);

        var error = (await FluentActions.Awaiting(() => SubmitAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IdempotencyKey.Should().Be(Service.Accepted.Single().Key);
        error.Attempts.Should().Be(5);
        error.IsSafeToRepeat.Should().BeFalse();
    }

    [Theory]
    [InlineData(Mishap.RefusesTheConnection)]
    [InlineData(Mishap.Answers429)]
    [InlineData(Mishap.Answers502)]
    [InlineData(Mishap.Answers402)]
    [InlineData(Mishap.Answers400)]
    internal async Task What_comes_after_a_lost_answer_does_not_hide_the_key(Mishap later)
    {
        _handler.Then(Mishap.LosesTheAnswer, later, later, later, later);

        var error = (await FluentActions.Awaiting(() => SubmitAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IdempotencyKey.Should().Be(Service.Accepted.Single().Key);
        error.InnerException.Should().BeAssignableTo<SixtyfourException>();
    }

    [Fact]
    public async Task A_gateway_that_fails_to_the_end_may_have_let_it_through()
    {
        _handler.Then(Mishap.Answers502, Mishap.Answers502, Mishap.Answers502, Mishap.Answers502, Mishap.Answers502);

        var error = (await FluentActions.Awaiting(() => SubmitAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IdempotencyKey.Should().NotBeNull();
        error.StatusCode.Should().Be(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Refusals_stay_what_they_are()
    {
        _handler.Then(Mishap.Answers402);
        await FluentActions.Awaiting(() => SubmitAsync()).Should().ThrowAsync<InsufficientCreditsException>();

        _handler.Then(Mishap.Answers429, Mishap.Answers400);
        await FluentActions.Awaiting(() => SubmitAsync()).Should().ThrowAsync<InvalidRequestException>();

        _handler.Then(Mishap.RefusesTheConnection);
        (await FluentActions.Awaiting(() => SubmitAsync(new() { MaxRetries = 0 })).Should().ThrowAsync<ConnectionFailedException>()).Which.IsSafeToRepeat
            .Should().BeTrue();
    }

    [Fact]
    public async Task The_ceiling_is_checked_before_the_first_byte()
    {
        var error = (await FluentActions.Awaiting(() => SubmitAsync(new() { MaxCostCents = 1_234.5m, CentsPerRow = 2_000 }))
            .Should().ThrowAsync<CostLimitException>()).Which;

        (error.LimitCents, error.NeededCents).Should().Be((1_234.5m, 2_000m));
        error.Message.Should().Be("1 rows at 2000 cents could cost 2,000 cents, more than MaxCostCents (1,234.5). It was not sent.");
        _handler.Uploads.Should().BeEmpty();

        await SubmitAsync(new() { MaxCostCents = 10 });
        Service.Accepted.Should().ContainSingle();
    }

    [Fact]
    public async Task A_ceiling_without_a_price_is_refused()
    {
        (await FluentActions.Awaiting(() => SubmitAsync(new() { MaxCostCents = 100, Tier = Tier.High })).Should().ThrowAsync<ArgumentException>())
            .WithMessage("*CentsPerRow*");
        (await FluentActions.Awaiting(() => Client().SubmitCompaniesAsync(File(), Ask.Title, new() { MaxCostCents = 100 }, Token))
            .Should().ThrowAsync<ArgumentException>())
            .WithMessage("*CentsPerRow*");
        _handler.Uploads.Should().BeEmpty();
    }

    [Theory]
    [InlineData("leads.csv", "", "*holds no row*")]
    [InlineData("leads.csv", "name\n", "*holds no row*")]
    [InlineData("leads.json", "[]", "*holds no row*")]
    [InlineData("leads.jsonl", "\n\n", "*holds no row*")]
    [InlineData("leads.csv", "name\n1\n2\n3\n4\n5\n6\n", "*6 rows*at most 5*")]
    [InlineData("leads.csv", "name\n0123456789012345678901234567890123456789", "*45 bytes*at most 40*")]
    public async Task Limits_are_checked_before_anything_is_sent(string name, string text, string message)
    {
        var client = BulkClients.Create(_handler, _clock, new BulkLimits(40, 5));

        var submitting = () => client.SubmitPeopleAsync(
            BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), name), Ask.Title, cancellationToken: Token);

        (await submitting.Should().ThrowAsync<ArgumentException>()).WithMessage(message);
        _handler.Uploads.Should().BeEmpty();
    }

    [Theory]
    [InlineData("leads.csv", "name\n1\n2\n3\n4\n5\n")]
    [InlineData("leads.csv", "name\n0123456789012345678901234567890123\n")]
    [InlineData("leads.jsonl", "{\"name\":\"01234567890123456789012345678\"}")]
    public async Task What_is_just_as_large_as_allowed_is_sent(string name, string text)
    {
        var client = BulkClients.Create(_handler, _clock, new(40, 5));

        await Run(client.SubmitPeopleAsync(BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), name), Ask.Title, cancellationToken: Token));

        Service.Accepted.Should().ContainSingle().Which.Text.Should().Be(text);
    }

    [Fact]
    public async Task Rows_are_written_no_further_than_the_limits()
    {
        var client = BulkClients.Create(_handler, _clock, new BulkLimits(1_000, 5));
        var taken = 0;

        IEnumerable<Row> Endless()
        {
            while (true)
            {
                yield return new($"n{taken++}");
            }
        }

        (await FluentActions.Awaiting(() => client.SubmitPeopleAsync(BulkFile.FromRows(Endless()), Ask.Title, cancellationToken: Token))
            .Should().ThrowAsync<ArgumentException>())
            .WithMessage("*at least 6 rows*at most 5*");
        taken.Should().Be(6);
    }

    [Fact]
    public void The_limits_of_the_service_are_the_smaller_reading_of_its_page()
    {
        BulkLimits.OfService.Should().Be(new BulkLimits(100_000_000, 100_000));
        BulkLimits.OfService.TooLarge(104_857_600).Message.Should().Contain("104,857,600 bytes").And.Contain("100,000,000");
        BulkLimits.OfService.TooManyRows(100_001).Message.Should().Contain("100,001 rows").And.Contain("100,000 in");
    }

    [Fact]
    public async Task A_configuration_that_is_too_long_is_refused()
    {
        var fields = new EnrichmentStruct();
        for (var i = 0; i < 100; i++)
        {
            fields.Add($"f{i}", new string('x', 3_000));
        }

        (await FluentActions.Awaiting(() => Client().SubmitPeopleAsync(File(), fields, cancellationToken: Token)).Should().ThrowAsync<ArgumentException>())
            .WithMessage("*30?,??? characters*at most 300,000*");
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused() =>
        (await FluentActions.Awaiting(() => SubmitAsync(new() { IdempotencyKey = new string('k', 256) })).Should().ThrowAsync<ArgumentException>())
            .WithMessage("*256 characters*1 to 255*");

    [Fact]
    public async Task Rows_of_a_type_go_out_as_lines_of_json()
    {
        await Run(Client().SubmitPeopleAsync<Found>(BulkFile.FromRows(Names()), cancellationToken: Token));

        Service.Accepted.Single().Should().BeEquivalentTo(new { FileName = "rows.jsonl", Text = "{\"name\":\"Nadia Okafor\"}\n{\"name\":\"A\\nB\"}\n" });
        Service.Accepted.Single().Config.Should().Be("""{"struct":{"title":{"description":"Title","type":"str"}}}""");

        static async IAsyncEnumerable<Row> Names()
        {
            await Task.Yield();
            yield return new("Nadia Okafor");
            yield return new("A\nB");
        }
    }

    [Fact]
    public async Task A_row_that_writes_itself_over_many_lines_becomes_one()
    {
        await Run(Client().SubmitPeopleAsync(BulkFile.FromRows([new Raw("{\r\n \"a\": 1\n}"), new Raw("{}")]), Ask.Title, cancellationToken: Token));

        Service.Accepted.Single().Text.Should().Be("{   \"a\": 1 }\n{}\n");
    }

    [Fact]
    public async Task A_row_that_writes_nothing_is_refused() =>
        (await FluentActions.Awaiting(() => Run(Client().SubmitPeopleAsync(BulkFile.FromRows([new Raw("")]), Ask.Title, cancellationToken: Token)))
            .Should().ThrowAsync<ArgumentException>())
            .WithMessage("*row 0 (from 0) is not written as a JSON object*");

    [Fact]
    public async Task A_row_that_is_no_object_is_refused() =>
        (await FluentActions.Awaiting(() => Client().SubmitPeopleAsync(BulkFile.FromRows([1, 2]), Ask.Title, cancellationToken: Token))
            .Should().ThrowAsync<ArgumentException>())
            .WithMessage("*row 0*JSON object*");

    [Fact]
    public async Task Rows_that_fail_are_the_failure_and_nothing_is_sent()
    {
        static IEnumerable<Row> Failing()
        {
            yield return new("Nadia Okafor");
            throw new TimeoutException("The database is gone");
        }

        await FluentActions.Awaiting(() => Client().SubmitPeopleAsync(BulkFile.FromRows(Failing()), Ask.Title, cancellationToken: Token))
            .Should().ThrowAsync<TimeoutException>();
        _handler.Uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task Options_are_read_when_the_call_begins()
    {
        var options = new BulkSubmitOptions { MaxCostCents = 10, Headers = { ["x-trace"] = "a" } };
        var file = BulkFile.FromRows(Changing());

        var submitted = Client().SubmitPeopleAsync(file, Ask.Title, options, Token);

        (await Run(submitted)).Id.Should().Be("job-1");

        async IAsyncEnumerable<Row> Changing()
        {
            await Task.Yield();
            options.MaxCostCents = 0;
            options.MaxRetries = -5;
            yield return new("Nadia Okafor");
        }
    }

    [Fact]
    public async Task Whoever_leaves_before_the_end_of_the_file_has_started_nothing()
    {
        using var caller = new CancellationTokenSource();
        using var direct = new Direct(async (request, token) =>
        {
            await request.Content!.CopyToAsync(new ObservedStream(after: stream => stream.Length > 20_000 ? caller.CancelAsync() : Task.CompletedTask), token);
            throw new InvalidOperationException("The end of the file left.");
        });

        var submitting = () => BulkClients.Create(direct, _clock).SubmitPeopleAsync(Large(), Ask.Title, cancellationToken: caller.Token);

        (await submitting.Should().ThrowAsync<OperationCanceledException>()).Which.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task Whoever_leaves_later_gets_the_id_that_is_paid_for()
    {
        using var caller = new CancellationTokenSource();
        _handler.OnUpload = async _ => await caller.CancelAsync();

        var job = await Run(Client().SubmitPeopleAsync(File(), Ask.Title, cancellationToken: caller.Token));

        job.Id.Should().Be("job-1");
    }

    [Fact]
    public async Task Whoever_leaves_after_a_lost_answer_gets_the_key()
    {
        using var caller = new CancellationTokenSource();
        _handler.Then(Mishap.LosesTheAnswer, Mishap.Answers429);
        _handler.OnUpload = async number =>
        {
            if (number is 2)
            {
                await caller.CancelAsync();
            }
        };

        var error = (await FluentActions.Awaiting(() => Run(Client().SubmitPeopleAsync(File(), Ask.Title, cancellationToken: caller.Token)))
            .Should().ThrowAsync<OperationCanceledException>()).Which;

        error.InnerException.Should().BeOfType<OutcomeUnknownException>().Which.IdempotencyKey.Should().Be(Service.Accepted.Single().Key);
    }

    [Fact]
    public async Task A_file_that_goes_away_between_two_attempts_is_the_failure()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        await System.IO.File.WriteAllTextAsync(path, "name\nNadia Okafor\n", Token);
        _handler.Then(Mishap.Answers429);
        _handler.OnUpload = _ =>
        {
            System.IO.File.Delete(path);
            return Task.CompletedTask;
        };

        await FluentActions.Awaiting(() => Run(Client().SubmitPeopleAsync(BulkFile.FromPath(path), Ask.Title, cancellationToken: Token)))
            .Should().ThrowAsync<FileNotFoundException>();
        _handler.Uploads.Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_goes_away_after_a_lost_answer_leaves_the_key()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        await System.IO.File.WriteAllTextAsync(path, "name\nNadia Okafor\n", Token);
        _handler.Then(Mishap.LosesTheAnswer);
        _handler.OnUpload = _ =>
        {
            System.IO.File.Delete(path);
            return Task.CompletedTask;
        };

        var error = (await FluentActions.Awaiting(() => Run(Client().SubmitPeopleAsync(BulkFile.FromPath(path), Ask.Title, cancellationToken: Token)))
            .Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IdempotencyKey.Should().Be(Service.Accepted.Single().Key);
        error.InnerException.Should().BeOfType<FileNotFoundException>();
    }

    [Fact]
    public async Task Ten_submissions_a_minute_leave_and_the_eleventh_waits()
    {
        var client = Client(o => o.RateLimit.RequestsPerMinute = null);
        var begun = _clock.GetUtcNow();
        var times = new List<TimeSpan>();

        await Run(Task.WhenAll(Enumerable.Range(0, 25).Select(async _ =>
        {
            await client.SubmitPeopleAsync(File(), Ask.Title, cancellationToken: Token);
            lock (times)
            {
                times.Add(_clock.GetUtcNow() - begun);
            }
        })));

        times.Sort();
        for (var i = 10; i < times.Count; i++)
        {
            (times[i] - times[i - 10]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
        }

        times[^1].Should().BeLessThan(TimeSpan.FromMinutes(2.5));
    }

    private static BulkFile File() => BulkFile.FromStream(new MemoryStream("name\nNadia Okafor\n"u8.ToArray()), "leads.csv");

    private static BulkFile Large() => BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes("name\n" + new string('x', 200_000))), "leads.csv");

    private IBulkClient Client(Action<SixtyfourClientOptions>? configure = null) => BulkClients.Create(_handler, _clock, configure: options =>
    {
        options.TransferIdleTimeout = TimeSpan.FromHours(1);
        options.QuickAttemptTimeout = TimeSpan.FromHours(1);
        options.QuickTotalTimeout = TimeSpan.FromHours(2);
        configure?.Invoke(options);
    });

    private Task<BulkJob> SubmitAsync(BulkSubmitOptions? options = null) => Run(Client().SubmitPeopleAsync(File(), Ask.Title, options, Token));

    private Task<T> Run<T>(Task<T> task) => _clock.RunAsync(task);

    private Task Run(Task task) => _clock.RunAsync(task);

    private sealed record Row(string Name);

    private sealed record Found(string? Title);

    private sealed class Direct(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request, cancellationToken);
    }

    [System.Text.Json.Serialization.JsonConverter(typeof(RawConverter))]
    public sealed record Raw(string Json);

    private sealed class RawConverter : System.Text.Json.Serialization.JsonConverter<Raw>
    {
        public override Raw Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(System.Text.Json.Utf8JsonWriter writer, Raw value, System.Text.Json.JsonSerializerOptions options)
        {
            if (value.Json.Length > 0)
            {
                writer.WriteRawValue(value.Json);
            }
        }
    }

    /// <summary>As a handler that retries by itself, below everything the SDK knows of.</summary>
    private sealed class SendsTwice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri);
            copy.Headers.TryAddWithoutValidation("Idempotency-Key", request.Headers.GetValues("Idempotency-Key"));
            copy.Content = new ByteArrayContent(await CopyAsync(request.Content!));
            copy.Content.Headers.ContentType = request.Content!.Headers.ContentType;
            using var first = await base.SendAsync(copy, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }

        private static async Task<byte[]> CopyAsync(HttpContent content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            return copy.ToArray();
        }
    }
}
