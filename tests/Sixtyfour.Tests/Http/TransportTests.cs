using System.Net;
using System.Text;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

public sealed class TransportTests : IDisposable
{
    private const string Status = """{"status": "running"}""";

    private readonly FakeClock _clock = new();
    private readonly ScriptedHandler _handler = new();
    private SixtyfourClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client?.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Without_a_hint_the_waits_grow_from_the_base_delay_and_stay_below_the_longest()
    {
        for (var i = 0; i < 12; i++)
        {
            _handler.Answers(HttpStatusCode.InternalServerError, "");
        }

        _handler.Answers(Status);
        var begun = _clock.GetUtcNow();

        await AskAsync(new() { MaxRetries = 12, TotalTimeout = TimeSpan.FromHours(1) });

        // Twelve waits of at most 60 s, the later ones near it.
        (_clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.FromMinutes(3)).And.BeLessThan(TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task The_first_wait_is_about_the_base_delay()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "").Answers(Status);
        var begun = _clock.GetUtcNow();

        await AskAsync();

        (_clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_hint_is_waited_for_with_up_to_a_second_of_jitter()
    {
        _handler.Answers((HttpStatusCode)429, "", ("Retry-After", "42")).Answers(Status);
        var begun = _clock.GetUtcNow();

        await AskAsync();

        (_clock.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(42)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(43));
    }

    [Fact]
    public async Task A_wait_for_the_next_attempt_can_be_left_and_tells_what_it_waited_for()
    {
        _handler.Answers((HttpStatusCode)429, "", ("Retry-After", "120"));
        using var caller = new CancellationTokenSource();
        var asking = Client().Jobs.GetStatusAsync("job-1", null, caller.Token);
        await FakeClock.RestAsync();

        await caller.CancelAsync();

        var error = (await FluentActions.Awaiting(() => asking).Should().ThrowAsync<OperationCanceledException>()).Which;
        error.InnerException.Should().BeOfType<RateLimitedException>();
        error.CancellationToken.Should().Be(caller.Token);
    }

    [Fact]
    public async Task An_attempt_gets_what_is_left_of_the_call_and_no_more()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "", ("Retry-After", "50")).NeverAnswers();
        var begun = _clock.GetUtcNow();

        var error = await FluentActions.Awaiting(() => AskAsync(new() { TotalTimeout = TimeSpan.FromSeconds(90) }))
            .Should().ThrowAsync<DeadlineExceededException>();

        error.Which.Attempts.Should().Be(2);
        (_clock.GetUtcNow() - begun).Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Each_attempt_has_a_message_of_its_own_with_the_key_of_that_moment()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "").Answers(Status);
        var keys = new Queue<string>(["first", "second"]);
        _client = TestClients.Create(_handler, _clock, o => o.ApiKeyProvider = _ => new(keys.Dequeue()));

        await _clock.RunAsync(_client.Jobs.GetStatusAsync("job-1", null, Token));

        _handler.Seen.Select(seen => seen.Headers["x-api-key"]).Should().Equal("first", "second");
    }

    [Fact]
    public async Task A_request_says_who_sends_it_and_what_it_accepts()
    {
        _handler.Answers(Status);

        await AskAsync(new() { Headers = { ["x-trace"] = "abc" } });

        var seen = _handler.Seen.Single();
        seen.Address.Should().Be("https://api.sixtyfour.test/job-status/job-1");
        seen.Headers["User-Agent"].Should().StartWith("sixtyfour-dotnet/0.");
        seen.Headers["Accept"].Should().Be("application/json");
        seen.Headers["x-trace"].Should().Be("abc");
    }

    [Theory]
    [InlineData("x-api-key", "other")]
    [InlineData("X-API-Key", "other")]
    [InlineData("Authorization", "Bearer x")]
    [InlineData("Host", "elsewhere")]
    [InlineData("Idempotency-Key", "k")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("x-trace", "a\r\nx-api-key: b")]
    [InlineData("bad name", "a")]
    public async Task A_header_that_is_the_sdks_own_or_none_at_all_is_refused_before_anything_is_sent(string name, string value)
    {
        var error = (await FluentActions.Awaiting(() => AskAsync(new() { Headers = { [name] = value } })).Should().ThrowAsync<ArgumentException>()).Which;

        error.Message.Should().Contain(name);
        _handler.Seen.Should().BeEmpty();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public async Task A_number_of_retries_out_of_range_is_refused(int retries) =>
        (await FluentActions.Awaiting(() => AskAsync(new() { MaxRetries = retries })).Should().ThrowAsync<ArgumentException>())
            .Which.Message.Should().Contain("MaxRetries").And.Contain($"{retries}").And.Contain("20");

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_limit_that_is_no_time_is_refused(int seconds) =>
        (await FluentActions.Awaiting(() => AskAsync(new() { TotalTimeout = TimeSpan.FromSeconds(seconds) })).Should().ThrowAsync<ArgumentException>())
            .Which.Message.Should().Contain("TotalTimeout");

    [Fact]
    public async Task The_final_response_is_shown_once_success_or_not()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "", ("x-request-id", "r1"))
            .Answers(HttpStatusCode.NotFound, """{"detail": "Job not found"}""", ("x-request-id", "r2"), ("X-RateLimit-Remaining", "17"));
        var shown = new List<ResponseInfo>();

        await FluentActions.Awaiting(() => AskAsync(new() { OnResponse = shown.Add })).Should().ThrowAsync<SixtyfourApiException>();

        var info = shown.Should().ContainSingle().Which;
        info.StatusCode.Should().Be(HttpStatusCode.NotFound);
        info.RequestId.Should().Be("r2");
        info.RateLimitRemaining.Should().Be(17);
        info.Attempts.Should().Be(2);
    }

    [Fact]
    public async Task A_callback_that_throws_does_not_lose_the_answer()
    {
        _handler.Answers(Status);

        var snapshot = await AskAsync(new() { OnResponse = _ => throw new InvalidOperationException("a bug of the application") });

        snapshot.Status.Should().Be(JobStatus.Running);
    }

    [Fact]
    public async Task A_key_that_the_service_repeats_in_its_complaint_does_not_come_into_the_exception()
    {
        _handler.Answers(HttpStatusCode.Unauthorized, $$"""{"error": "Unauthorized", "message": "Key {{TestClients.Key}} is revoked"}""");

        var error = (await FluentActions.Awaiting(() => AskAsync()).Should().ThrowAsync<InvalidApiKeyException>()).Which;

        error.Message.Should().StartWith("/job-status answered 401 for job job-1: Key [key] is revoked. Check the API key, which came from the setting ApiKey");
        error.Reason.Should().Be("Key [key] is revoked");
        error.ToString().Should().NotContain(TestClients.Key);
        error.ResponseBody.Should().NotContain(TestClients.Key);
    }

    [Fact]
    public async Task An_answer_of_64_MiB_is_read_and_one_byte_more_is_refused()
    {
        _handler.Does((_, _) => Task.FromResult(Padded(64 * 1024 * 1024))).Does((_, _) => Task.FromResult(Padded((64 * 1024 * 1024) + 1)));

        (await AskAsync()).Status.Should().Be(JobStatus.Running);
        var error = (await FluentActions.Awaiting(() => AskAsync()).Should().ThrowAsync<InvalidResponseException>()).Which;

        error.Message.Should().Contain("64 MiB");
        error.ResponseBody!.Length.Should().Be(64 * 1024);
    }

    [Fact]
    public async Task An_error_body_of_any_length_is_cut_at_64_KiB()
    {
        _handler.Answers(HttpStatusCode.BadRequest, new string('x', 1_000_000));

        var error = (await FluentActions.Awaiting(() => AskAsync()).Should().ThrowAsync<InvalidRequestException>()).Which;

        error.ResponseBody!.Length.Should().Be(64 * 1024);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        _handler.Answers("\uFEFF" + Status);

        (await AskAsync()).Status.Should().Be(JobStatus.Running);
    }

    [Fact]
    public async Task A_broken_compression_is_a_broken_answer()
    {
        _handler.Does((_, _) => Task.FromResult(new HttpResponseMessage
        {
            Content = new StreamContent(new System.IO.Compression.GZipStream(
            new MemoryStream("not gzip at all"u8.ToArray()), System.IO.Compression.CompressionMode.Decompress))
        }));

        await FluentActions.Awaiting(() => PaidAsync()).Should().ThrowAsync<OutcomeUnknownException>();
    }

    [Fact]
    public async Task An_exception_of_a_kind_nobody_knows_does_not_make_a_paid_call_go_out_twice()
    {
        _handler.Does((_, _) => throw new NotSupportedException("a handler of the application"));

        var error = (await FluentActions.Awaiting(() => PaidAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.InnerException.Should().BeOfType<NotSupportedException>();
        _handler.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_vault_that_gives_no_key_stops_the_call_with_its_own_error_and_nothing_is_sent()
    {
        _client = TestClients.Create(_handler, _clock, o => o.ApiKeyProvider = _ => throw new TimeoutException("vault"));

        await FluentActions.Awaiting(() => _client.Jobs.GetStatusAsync("job-1", null, Token)).Should().ThrowAsync<TimeoutException>();

        _handler.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task A_vault_that_hangs_is_bounded_by_the_total_limit()
    {
        _client = TestClients.Create(_handler, _clock, o => o.ApiKeyProvider = async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return "never";
        });

        var asking = FluentActions.Awaiting(() => _clock.RunAsync(_client.Jobs.GetStatusAsync("job-1", null, Token)));

        (await asking.Should().ThrowAsync<DeadlineExceededException>()).Which.JobId.Should().Be("job-1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("with space")]
    [InlineData("line\nend")]
    public async Task A_key_that_no_header_can_carry_is_refused_without_being_shown(string key)
    {
        _client = TestClients.Create(_handler, _clock, o => o.ApiKeyProvider = _ => new(key));

        var error = await FluentActions.Awaiting(() => _client.Jobs.GetStatusAsync("job-1", null, Token)).Should().ThrowAsync<InvalidOperationException>();

        error.Which.Message.Should().NotContain("with space").And.NotContain("line");
        _handler.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task The_applications_own_limiter_is_asked_once_a_request_and_stays_its_own()
    {
        using var limiter = new CountingLimiter(permits: 1);
        _handler.Answers(Status);
        _client = TestClients.Create(_handler, _clock, o => o.RateLimit.Limiter = limiter);

        await _client.Jobs.GetStatusAsync("job-1", null, Token);
        var second = FluentActions.Awaiting(() => _client.Jobs.GetStatusAsync("job-1", null, Token));

        var error = (await second.Should().ThrowAsync<RateLimitedException>()).Which;
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(9));
        error.Message.Should().Contain("Limiter");
        _handler.Seen.Should().ContainSingle();
        _client.Dispose();
        limiter.IsDisposed.Should().BeFalse();
    }

    [Fact]
    public async Task A_path_prefix_of_the_endpoint_is_kept()
    {
        _handler.Answers(Status).Answers(Status);
        foreach (var endpoint in (string[])["https://gateway.test/sixtyfour", "https://gateway.test/sixtyfour/"])
        {
            using var client = TestClients.Create(_handler, _clock, o => o.Endpoint = new(endpoint));
            await client.Jobs.GetStatusAsync("job-1", null, Token);
        }

        _handler.Seen.Should().OnlyContain(seen => seen.Address.AbsoluteUri == "https://gateway.test/sixtyfour/job-status/job-1");
    }

    [Theory]
    [InlineData("../admin", "job-status/..%2Fadmin")]
    [InlineData("a b?c#d", "job-status/a%20b%3Fc%23d")]
    [InlineData("ä/ö", "job-status/%C3%A4%2F%C3%B6")]
    public async Task An_id_is_escaped_in_the_path(string id, string path)
    {
        _handler.Answers(Status);

        await Client().Jobs.GetStatusAsync(id, null, Token);

        _handler.Seen.Single().Address.AbsoluteUri.Should().Be($"https://api.sixtyfour.test/{path}");
    }

    private static HttpResponseMessage Padded(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes(Status, body);
        return new() { Content = new ByteArrayContent(body) };
    }

    private SixtyfourClient Client() => _client ??= TestClients.Create(_handler, _clock);

    private Task<JobSnapshot> AskAsync(RequestOptions? options = null) => _clock.RunAsync(Client().Jobs.GetStatusAsync("job-1", options, Token));

    private Task<Enrichment> PaidAsync() =>
        _clock.RunAsync(
            Client().Leads.EnrichAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, cancellationToken: Token));
}
