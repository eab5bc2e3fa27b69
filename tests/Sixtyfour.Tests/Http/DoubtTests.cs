using System.Net;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

/// <summary>Once an attempt may have run, nothing that comes after it may say, or let one believe, that nothing ran.</summary>
public sealed class DoubtTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData(400, typeof(InvalidRequestException))]
    [InlineData(401, typeof(InvalidApiKeyException))]
    [InlineData(402, typeof(InsufficientCreditsException))]
    [InlineData(403, typeof(PermissionDeniedException))]
    [InlineData(404, typeof(SixtyfourApiException))]
    [InlineData(409, typeof(SixtyfourApiException))]
    [InlineData(413, typeof(InvalidRequestException))]
    [InlineData(422, typeof(InvalidRequestException))]
    [InlineData(501, typeof(ServerErrorException))]
    [InlineData(505, typeof(ServerErrorException))]
    public async Task After_a_500_a_refusal_is_inside_an_unknown_outcome(int status, Type refusal)
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "").Answers((HttpStatusCode)status, """{"message": "No."}""");

        var error = (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.InnerException.Should().BeOfType(refusal);
        (error.StatusCode, error.Attempts, error.IsSafeToRepeat).Should().Be(((HttpStatusCode)status, 2, false));
        error.Message.Should().Contain("may have run").And.Contain("No.");
    }

    [Fact]
    public async Task Without_an_attempt_that_may_have_run_a_refusal_stays_what_it_is()
    {
        _handler.Answers((HttpStatusCode)429, "").RefusesTheConnection().Answers(HttpStatusCode.PaymentRequired, "");

        await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<InsufficientCreditsException>();
    }

    [Fact]
    public async Task After_a_500_a_503_that_names_a_time_does_not_say_that_nothing_ran()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "");
        for (var i = 0; i < 4; i++)
        {
            _handler.Answers(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "1"));
        }

        (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<OutcomeUnknownException>()).Which.InnerException
            .Should().BeOfType<ServerErrorException>();
    }

    [Fact]
    public async Task After_a_500_a_deadline_before_the_next_attempt_leaves_the_500_which_may_have_run()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "");
        var asked = 0;

        var call = () => StartAsync(o => o.ApiKeyProvider = _ => asked++ is 0 ? new("key") : new(new TaskCompletionSource<string>().Task));

        var error = (await call.Should().ThrowExactlyAsync<ServerErrorException>()).Which;
        (error.MayHaveRun, error.IsSafeToRepeat, error.Attempts).Should().Be((true, false, 1));
    }

    [Fact]
    public async Task With_a_key_a_refusal_after_a_502_is_inside_an_unknown_outcome_that_brings_the_key_out()
    {
        _handler.Answers(HttpStatusCode.BadGateway, "").Answers(HttpStatusCode.UnprocessableEntity, """{"detail": "webhook_url does not resolve"}""");
        using var client = TestClients.Create(_handler, _clock);
        var send = () => _clock.RunAsync(
            client.Raw.SendAsync(HttpMethod.Post, "/bulk", null, new() { IdempotencyKey = "import-1", IsRepeatable = true }, Token));

        var error = (await send.Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.IdempotencyKey.Should().Be("import-1");
        error.InnerException.Should().BeOfType<InvalidRequestException>();
    }

    [Fact]
    public async Task What_only_reads_is_never_in_doubt()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "").Answers(HttpStatusCode.Unauthorized, "");
        using var client = TestClients.Create(_handler, _clock);

        await FluentActions.Awaiting(() => _clock.RunAsync(client.Jobs.GetStatusAsync("job-1", null, Token))).Should().ThrowAsync<InvalidApiKeyException>();
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(402, false)]
    [InlineData(501, false)]
    [InlineData(502, true)]
    [InlineData(500, true)]
    public async Task Every_failure_carries_whether_it_may_have_run(int status, bool mayHaveRun)
    {
        for (var i = 0; i < 5; i++)
        {
            _handler.Answers((HttpStatusCode)status, "");
        }

        (await FluentActions.Awaiting(() => StartAsync()).Should().ThrowAsync<SixtyfourException>()).Which.MayHaveRun.Should().Be(mayHaveRun);
    }

    private async Task<Job<Enrichment>> StartAsync(Action<SixtyfourClientOptions>? configure = null)
    {
        using var client = TestClients.Create(_handler, _clock, configure);
        return await _clock.RunAsync(client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));
    }
}
