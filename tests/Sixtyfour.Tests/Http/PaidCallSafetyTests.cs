using System.Net;
using System.Text;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

/// <summary>Ways in which a paid call could be sent twice, called safe to repeat, or lose what it paid for.</summary>
public sealed class PaidCallSafetyTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task After_a_500_a_refused_connection_no_longer_says_that_nothing_ran()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "");
        for (var i = 0; i < 4; i++)
        {
            _handler.RefusesTheConnection();
        }

        var error = (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IsSafeToRepeat.Should().BeFalse();
        error.InnerException.Should().BeOfType<ConnectionFailedException>();
        error.Attempts.Should().Be(5);
    }

    [Fact]
    public async Task After_a_500_a_429_no_longer_says_that_nothing_ran()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "");
        for (var i = 0; i < 4; i++)
        {
            _handler.Answers((HttpStatusCode)429, "");
        }

        (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which.InnerException
            .Should().BeOfType<RateLimitedException>();
    }

    [Fact]
    public async Task After_a_500_a_vault_that_fails_no_longer_hides_what_may_have_run()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "");
        var keys = new Queue<string>(["key"]);

        var call = () => StartAsync(o => o.ApiKeyProvider = _ => keys.TryDequeue(out var key) ? new(key) : throw new TimeoutException("vault"));

        (await call.Should().ThrowAsync<OutcomeUnknownException>()).Which.InnerException.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task Leaving_the_wait_after_a_500_tells_that_the_outcome_is_unknown()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "", ("Retry-After", "100"));
        using var caller = new CancellationTokenSource();
        using var client = TestClients.Create(_handler, _clock);
        var start = client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, caller.Token);
        await FakeClock.RestAsync();

        await caller.CancelAsync();

        var error = (await FluentActions.Awaiting(() => start).Should().ThrowAsync<OperationCanceledException>()).Which;
        error.InnerException.Should().BeOfType<OutcomeUnknownException>();
        error.CancellationToken.Should().Be(caller.Token);
    }

    [Fact]
    public async Task A_500_that_stays_is_still_a_server_error()
    {
        for (var i = 0; i < 5; i++)
        {
            _handler.Answers(HttpStatusCode.InternalServerError, "");
        }

        await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<ServerErrorException>();
    }

    [Fact]
    public async Task A_retrying_handler_that_is_itself_the_given_handler_cannot_send_a_paid_call_twice()
    {
        _handler.LosesTheAnswer().Answers("""{"task_id": "second"}""");
        using var retrying = new BufferingRetry { InnerHandler = _handler };
        using var client = TestClients.Create(retrying, _clock);

        await FluentActions.Awaiting(() => _clock.RunAsync(
            client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, cancellationToken: Token)))
            .Should().ThrowAsync<OutcomeUnknownException>();

        _handler.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_copy_sent_from_a_flow_of_its_own_is_refused()
    {
        using var detached = new DetachedCopies { InnerHandler = _handler };
        using var client = TestClients.Create(detached, _clock);

        await FluentActions.Awaiting(() => _clock.RunAsync(
            client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, cancellationToken: Token)))
            .Should().ThrowAsync<OutcomeUnknownException>();

        _handler.Seen.Should().BeEmpty();
    }

    [Fact]
    public void A_chain_of_handlers_that_was_used_before_cannot_be_guarded_and_is_refused()
    {
        var used = new BufferingRetry { InnerHandler = new HttpClientHandler() };
        using var http = new HttpMessageInvoker(used);
        _ = http.SendAsync(new(HttpMethod.Get, "http://127.0.0.1:1/"), new CancellationToken(canceled: true));

        var make = () => TestClients.Create(used);

        make.Should().Throw<ArgumentException>().WithMessage("*a handler of its own*");
    }

    [Fact]
    public void A_handler_that_follows_redirects_is_made_to_stop()
    {
        using var handler = new HttpClientHandler();

        using var client = TestClients.Create(handler);

        handler.AllowAutoRedirect.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"task_id":"paid-77","status":""", "paid-77")]
    [InlineData("""{"status":"RUNNING","task_id":"paid-77" oops""", "paid-77")]
    [InlineData("""{"nested":{"task_id":"no"},"task_id":"paid-77",""", "paid-77")]
    public async Task An_id_in_an_answer_that_is_no_whole_json_is_in_the_exception(string body, string id)
    {
        _handler.Answers(body);

        (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<InvalidResponseException>()).Which.JobId.Should().Be(id);
    }

    [Fact]
    public async Task An_id_that_arrived_before_the_answer_broke_off_is_in_the_exception()
    {
        _handler.Does((_, _) => Task.FromResult(
            new HttpResponseMessage { Content = new StreamContent(new BreakingStream("""{"task_id":"paid-77","status":"""u8.ToArray())) }));

        var error = (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.JobId.Should().Be("paid-77");
        error.IsSafeToRepeat.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"task_id": 12345}""", "12345")]
    [InlineData("""{"task_id": null, "id": "job-9", "status": "queued"}""", "job-9")]
    [InlineData("""{"job_id": "run-1", "status": "queued"}""", "run-1")]
    [InlineData("""{"task_id": "a/b c?d"}""", "a/b c?d")]
    public async Task An_id_is_found_in_every_form_it_has_been_seen_in(string body, string id)
    {
        _handler.Answers(body);

        (await StartAsync()).Id.Should().Be(id);
    }

    [Fact]
    public async Task The_id_of_a_request_that_was_refused_with_200_is_not_taken_for_a_job()
    {
        _handler.Answers("""{"error": "no credits", "id": "req-9"}""");

        (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<InvalidResponseException>()).Which.JobId.Should().BeNull();
    }

    [Fact]
    public async Task Disposing_the_client_while_a_start_is_on_its_way_still_brings_the_id()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _handler.Does((_, _) => answer.Task);
        var client = TestClients.Create(_handler, _clock);
        var start = client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token);
        await FakeClock.RestAsync();

        client.Dispose();
        answer.SetResult(ScriptedHandler.Response(HttpStatusCode.OK, """{"task_id": "paid-77"}"""));

        (await start).Id.Should().Be("paid-77");
        await FluentActions.Awaiting(() => client.Jobs.GetStatusAsync("job-1", null, Token)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_lose_the_id()
    {
        _handler.Answers("""{"task_id": "paid-77"}""");
        var ofThisTest = new AsyncLocal<bool>();
        var heard = 0;
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == SixtyfourTelemetry.Name,
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = _ =>
            {
                if (ofThisTest.Value)
                {
                    heard++;
                    throw new InvalidOperationException("a listener of the application");
                }
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        ofThisTest.Value = true;

        (await StartAsync()).Id.Should().Be("paid-77");
        heard.Should().Be(1);
    }

    [Fact]
    public async Task A_vault_that_ignores_its_token_is_still_bounded_by_the_total_limit()
    {
        using var client = TestClients.Create(_handler, _clock, o => o.ApiKeyProvider = _ => new(new TaskCompletionSource<string>().Task));

        var call = () => _clock.RunAsync(client.Jobs.GetStatusAsync("job-1", new() { TotalTimeout = TimeSpan.FromSeconds(3) }, Token));

        await call.Should().ThrowAsync<DeadlineExceededException>();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_would_lead_elsewhere_as_an_address_is_refused(string id)
    {
        using var client = TestClients.Create(_handler, _clock);

        await FluentActions.Awaiting(() => client.Jobs.GetStatusAsync(id, null, Token)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task A_key_in_an_answer_that_is_none_of_this_api_is_masked_in_body_and_headers()
    {
        _handler.Answers(HttpStatusCode.OK, $"<html>{TestClients.Key}</html>").Answers(HttpStatusCode.NotFound, "", ("x-echo", TestClients.Key));
        using var client = TestClients.Create(_handler, _clock);

        var invalid = (await FluentActions.Awaiting(() => client.Jobs.GetStatusAsync("a", null, Token)).Should().ThrowAsync<InvalidResponseException>()).Which;
        var notFound = (await FluentActions.Awaiting(() => client.Jobs.GetStatusAsync("a", null, Token)).Should().ThrowAsync<SixtyfourApiException>()).Which;

        invalid.ResponseBody.Should().Be("<html>[key]</html>");
        notFound.Response!.Headers["x-echo"].Should().Be("[key]");
    }

    [Fact]
    public async Task A_header_value_that_no_header_can_carry_is_refused_before_anything_is_sent()
    {
        using var client = TestClients.Create(_handler, _clock);

        await FluentActions.Awaiting(() => client.Jobs.GetStatusAsync("a", new() { Headers = { ["x-name"] = "Zoë" } }, Token))
            .Should().ThrowAsync<ArgumentException>();
    }

    private async Task<Job<Enrichment>> StartAsync(Action<SixtyfourClientOptions>? configure = null)
    {
        using var client = TestClients.Create(_handler, _clock, configure);
        return await _clock.RunAsync(
            client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, cancellationToken: Token));
    }

    private sealed class BufferingRetry : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.LoadIntoBufferAsync(cancellationToken);
            }

            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }

    private sealed class DetachedCopies : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri)
            {
                Content = new StringContent(await request.Content!.ReadAsStringAsync(cancellationToken), Encoding.UTF8),
            };
            var answer = new TaskCompletionSource<HttpResponseMessage>();
            ThreadPool.UnsafeQueueUserWorkItem(_ => Answer(copy, answer, cancellationToken), null);
            return await answer.Task;
        }

        private void Answer(HttpRequestMessage copy, TaskCompletionSource<HttpResponseMessage> answer, CancellationToken token)
        {
            try
            {
                answer.SetResult(base.SendAsync(copy, token).GetAwaiter().GetResult());
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
        }
    }

    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read is 0 ? throw new IOException("The connection was reset.") : read;
        }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
    }
}
