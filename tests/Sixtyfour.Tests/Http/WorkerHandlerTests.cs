using System.Net;
using System.Threading.Channels;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

/// <summary>Handlers that send copies from one loop, which keeps the asynchronous flow of the first call for all later ones.</summary>
public sealed class WorkerHandlerTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ScriptedHandler _wire = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_paid_copy_sent_in_the_flow_of_an_older_read_is_refused(bool readsTheBody)
    {
        _wire.Answers("{}").LosesTheAnswer().Answers("""{"task_id": "second"}""");
        using var worker = new Worker(readsTheBody, attempts: 2) { InnerHandler = _wire };
        using var client = TestClients.Create(worker, _clock);
        await ReadAsync(client);

        var failure = (await FluentActions.Awaiting(() => StartAsync(client)).Should().ThrowAsync<SixtyfourException>()).Which;

        _wire.Seen.Should().ContainSingle("only the read may leave");
        failure.Message.Should().Contain("another asynchronous flow").And.Contain("refused");
    }

    [Fact]
    public async Task A_paid_copy_is_refused_in_the_flow_of_a_read_that_still_goes_on()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _wire.Does((_, _) => answer.Task).Answers("""{"task_id": "uncounted"}""");
        using var worker = new Worker(readsTheBody: false, attempts: 1, waits: false) { InnerHandler = _wire };
        using var client = TestClients.Create(worker, _clock);
        var read = client.Raw.SendAsync(HttpMethod.Get, "/get-balance", cancellationToken: Token);
        await FakeClock.RestAsync();

        await FluentActions.Awaiting(() => StartAsync(client)).Should().ThrowAsync<SixtyfourException>();

        answer.SetResult(ScriptedHandler.Response(HttpStatusCode.OK, "{}"));
        await read;
        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_paid_copy_is_refused_in_the_flow_of_an_older_upload_that_may_be_repeated()
    {
        _wire.Answers("""{"a": 1}""").Answers("""{"task_id": "uncounted"}""");
        using var worker = new Worker(readsTheBody: false, attempts: 1) { InnerHandler = _wire };
        using var client = TestClients.Create(worker, _clock);
        await _clock.RunAsync(client.Raw.SendAsync(HttpMethod.Post, "/look-up", null, new() { IsRepeatable = true }, Token));

        await FluentActions.Awaiting(() => StartAsync(client)).Should().ThrowAsync<SixtyfourException>();

        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_second_paid_copy_in_the_flow_of_the_first_is_refused_and_reads_go_on()
    {
        _wire.Answers("""{"task_id": "paid-77"}""").Answers("{}");
        using var worker = new Worker(readsTheBody: true, attempts: 1) { InnerHandler = _wire };
        using var client = TestClients.Create(worker, _clock);
        (await StartAsync(client)).Id.Should().Be("paid-77");

        (await FluentActions.Awaiting(() => StartAsync(client)).Should().ThrowAsync<OutcomeUnknownException>())
            .WithMessage("*another asynchronous flow*");
        await ReadAsync(client);

        _wire.Seen.Select(seen => seen.Method).Should().Equal(HttpMethod.Post, HttpMethod.Get);
    }

    [Fact]
    public async Task A_token_that_a_handler_fetches_elsewhere_for_a_read_is_sent()
    {
        _wire.Answers("""{"access_token": "t"}""").Answers("{}");
        using var fetches = new FetchesAToken { InnerHandler = _wire };
        using var client = TestClients.Create(fetches, _clock);

        await ReadAsync(client);

        _wire.Seen.Should().HaveCount(2);
    }

    private Task<RawResponse> ReadAsync(SixtyfourClient client) =>
        _clock.RunAsync(client.Raw.SendAsync(HttpMethod.Get, "/get-balance", cancellationToken: Token));

    private Task<Job<Enrichment>> StartAsync(SixtyfourClient client) => _clock.RunAsync(
        client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));

    private sealed class Worker(bool readsTheBody, int attempts, bool waits = true) : DelegatingHandler
    {
        private Channel<(HttpRequestMessage Request, TaskCompletionSource<HttpResponseMessage> Answer)>? _queue;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_queue is null)
            {
                _queue = Channel.CreateUnbounded<(HttpRequestMessage, TaskCompletionSource<HttpResponseMessage>)>();
                _ = LoopAsync(_queue.Reader);
            }

            var answer = new TaskCompletionSource<HttpResponseMessage>();
            _queue.Writer.TryWrite((request, answer));
            return answer.Task;
        }

        private async Task LoopAsync(ChannelReader<(HttpRequestMessage Request, TaskCompletionSource<HttpResponseMessage> Answer)> queue)
        {
            await foreach (var (request, answer) in queue.ReadAllAsync())
            {
                var sending = SendCopyAsync(request, answer);
                if (waits)
                {
                    await sending;
                }
            }
        }

        private async Task SendCopyAsync(HttpRequestMessage request, TaskCompletionSource<HttpResponseMessage> answer)
        {
            var body = request.Content is null ? null : readsTheBody ? await request.Content.ReadAsStringAsync() : "{}";
            for (var attempt = 1; ; attempt++)
            {
                var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = body is null ? null : new StringContent(body) };
                try
                {
                    answer.TrySetResult(await base.SendAsync(copy, CancellationToken.None));
                    return;
                }
                catch (Exception) when (attempt < attempts)
                {
                    // As a handler that retries.
                }
                catch (Exception e)
                {
                    answer.TrySetException(e);
                    return;
                }
            }
        }
    }

    private sealed class FetchesAToken : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Post, "https://login.test/token") { Content = new StringContent("grant") };
            using var token = await base.SendAsync(ask, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
