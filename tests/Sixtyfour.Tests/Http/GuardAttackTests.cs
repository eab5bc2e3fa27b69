using System.Net;
using System.Text;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

/// <summary>Handlers of an application that, in good faith, would send a paid request more than once or take its key elsewhere.</summary>
public sealed class GuardAttackTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ScriptedHandler _wire = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_body_that_was_swapped_without_being_read_counts_as_gone_when_the_copy_leaves()
    {
        _wire.LosesTheAnswer();

        await StartThrough(new Swaps("{}")).Should().ThrowAsync<OutcomeUnknownException>();

        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_body_that_was_taken_away_counts_as_gone_when_the_request_leaves()
    {
        _wire.LosesTheAnswer();

        await StartThrough(new Swaps(null)).Should().ThrowAsync<OutcomeUnknownException>();

        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_swapped_body_that_goes_to_a_gateway_counts_as_gone_too()
    {
        _wire.LosesTheAnswer();

        await StartThrough(new Swaps("{}", host: "gateway.test")).Should().ThrowAsync<OutcomeUnknownException>();

        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_handler_that_swaps_the_body_and_tries_again_is_stopped()
    {
        _wire.LosesTheAnswer().Answers("""{"task_id": "second"}""");

        await StartThrough(new Swaps("{}", triesAgain: true)).Should().ThrowAsync<OutcomeUnknownException>();

        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_swapped_body_is_sent_again_where_that_costs_nothing()
    {
        _wire.LosesTheAnswer().Answers("""{"a": 1}""");
        using var swaps = new Swaps("{}") { InnerHandler = _wire };
        using var client = TestClients.Create(swaps, _clock);

        await _clock.RunAsync(client.Raw.SendAsync(HttpMethod.Post, "/look-up", null, new() { IsRepeatable = true }, Token));

        _wire.Seen.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_token_that_a_handler_fetches_on_the_way_does_not_use_up_the_paid_request()
    {
        _wire.Answers("""{"access_token": "t"}""").Answers("""{"task_id": "paid-77"}""");
        using var fetches = new FetchesAToken { InnerHandler = _wire };
        using var client = TestClients.Create(fetches, _clock);

        var job = await _clock.RunAsync(
            client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));

        job.Id.Should().Be("paid-77");
    }

    [Fact]
    public async Task A_swapped_body_is_not_sent_when_the_caller_has_left()
    {
        using var caller = new CancellationTokenSource();
        using var swaps = new Swaps("{}", before: caller.Cancel) { InnerHandler = _wire };
        using var client = TestClients.Create(swaps, _clock);

        var call = () => client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, caller.Token);

        (await call.Should().ThrowAsync<OperationCanceledException>()).Which.InnerException.Should().Match(inner => !(inner is OutcomeUnknownException));
        _wire.Seen.Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://elsewhere.test/enrich-lead-async")]
    [InlineData("https://api.sixtyfour.test/login")]
    public async Task A_redirect_that_a_primary_handler_followed_is_noticed_and_the_id_is_kept(string target)
    {
        _wire.Does((_, _) =>
        {
            var response = ScriptedHandler.Response(HttpStatusCode.OK, """{"task_id": "paid-77"}""");
            response.RequestMessage = new(HttpMethod.Post, $"{target}?secret=1");
            return Task.FromResult(response);
        });

        var error = (await StartThrough(null).Should().ThrowAsync<InvalidResponseException>()).Which;

        error.Message.Should().Contain(new Uri(target).Host).And.Contain("redirect").And.NotContain("secret=1");
        error.JobId.Should().Be("paid-77");
        _wire.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_that_names_its_own_request_is_not_a_redirect()
    {
        _wire.Does((request, _) =>
        {
            var response = ScriptedHandler.Response(HttpStatusCode.OK, """{"task_id": "paid-77"}""");
            response.RequestMessage = request;
            return Task.FromResult(response);
        });
        using var client = TestClients.Create(_wire, _clock);

        (await _clock.RunAsync(client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token))).Id
            .Should().Be("paid-77");
    }

    private Func<Task> StartThrough(DelegatingHandler? handler) => async () =>
    {
        if (handler is not null)
        {
            handler.InnerHandler = _wire;
        }

        using var client = TestClients.Create(handler ?? (HttpMessageHandler)_wire, _clock);
        await _clock.RunAsync(client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));
    };

    private sealed class Swaps(string? body, string? host = null, bool triesAgain = false, Action? before = null) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            before?.Invoke();
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            request.RequestUri = host is null ? request.RequestUri : new UriBuilder(request.RequestUri!) { Host = host }.Uri;
            try
            {
                return await base.SendAsync(request, before is null ? cancellationToken : CancellationToken.None);
            }
            catch (HttpRequestException) when (triesAgain)
            {
                return await base.SendAsync(request, cancellationToken);
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
