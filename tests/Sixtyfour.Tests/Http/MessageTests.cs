using System.Net;
using Sixtyfour.Http;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

/// <summary>A message stands alone: what was asked, what came, why, and what to do; and it tells nothing of a person.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData("Lead ada@example.com is unknown", "Lead [e-mail] is unknown")]
    [InlineData("call +49 (30) 123-4567 or 555-123-4567.", "call [phone] or [phone].")]
    [InlineData("number 4915123456789", "number [phone]")]
    [InlineData("see https://files.test/a?sig=abc&x=1 now", "see https://files.test/a?[query] now")]
    [InlineData("proxy http://joe:secret@proxy.test:8080/ said no", "proxy http://[credentials]@proxy.test:8080/ said no")]
    [InlineData("zoë.o'neil@exämple.com", "[e-mail]")]
    public void What_tells_of_a_person_or_opens_a_door_is_masked(string text, string masked) => PersonalData.Mask(text).Should().Be(masked);

    [Theory]
    [InlineData("body.leads.3.email: Field required (and 1 more)")]
    [InlineData("at most 100000 rows, 2500 came on 2026-11-27 18:40:05")]
    [InlineData("job 3f2b8c1e-0d4e-4f6a-9b7c-1234567890ab at 10.0.12.1")]
    [InlineData("Is it valid? Yes.")]
    [InlineData("3.5 of 1000 cents")]
    public void What_tells_of_nobody_stays(string text) => PersonalData.Mask(text).Should().Be(text);

    [Fact]
    public async Task The_reason_of_the_service_is_masked_in_the_message_and_whole_in_its_property()
    {
        _handler.Answers(HttpStatusCode.UnprocessableEntity, """{"detail": "ada@example.com cannot be researched"}""");

        var error = await FailAsync<InvalidRequestException>();

        error.Message.Should().Be("/enrich-lead-async answered 422: [e-mail] cannot be researched. Correct the input.");
        error.Reason.Should().Be("ada@example.com cannot be researched");
    }

    [Fact]
    public async Task Without_a_reason_the_message_still_says_what_to_do()
    {
        _handler.Answers(HttpStatusCode.PaymentRequired, "");

        (await FailAsync<InsufficientCreditsException>()).Message
            .Should().Be("/enrich-lead-async answered 402, without an explanation. Add credits to the account, then call again.");
    }

    [Fact]
    public async Task A_504_on_a_synchronous_call_points_to_jobs()
    {
        _handler.Answers(HttpStatusCode.GatewayTimeout, "");
        using var client = TestClients.Create(_handler, _clock);

        var call = () => _clock.RunAsync(
            client.Leads.EnrichAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));

        (await call.Should().ThrowAsync<OutcomeUnknownException>()).Which.Message.Should().Contain("504").And.Contain("StartAsync");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "It may have run and been charged: check your account before you call again.")]
    [InlineData(HttpStatusCode.NotImplemented, "Call again later.")]
    public async Task No_message_asks_for_another_call_that_may_pay_twice(HttpStatusCode status, string advice)
    {
        for (var i = 0; i < 10; i++)
        {
            _handler.Answers(status, "");
        }

        (await FailAsync<ServerErrorException>()).Message.Should().EndWith(advice);
    }

    [Fact]
    public async Task What_the_support_asks_for_is_one_text_without_a_secret()
    {
        _handler.Answers(HttpStatusCode.UnprocessableEntity, $$"""{"detail": "{{TestClients.Key}} ada@example.com"}""", ("x-request-id", "req-9"));

        var details = (await FailAsync<InvalidRequestException>()).SupportDetails;

        details.Should().StartWith("Request: POST ").And.Contain(
            "/enrich-lead-async\nTime: 2026-03-02T09:00:00.000Z\nStatus: 422\nRequest id: req-9\nAttempts: 1\nUser-Agent: sixtyfour-dotnet/");
        details.Should().NotContain(TestClients.Key).And.NotContain("ada@").And.NotContain("Nadia");
    }

    [Fact]
    public async Task An_answer_that_is_not_of_this_API_brings_the_details_for_the_support_too()
    {
        _handler.Answers("<html>");

        (await FailAsync<InvalidResponseException>()).SupportDetails.Should().Contain("Status: 200");
    }

    [Fact]
    public async Task Without_an_answer_there_is_nothing_for_the_support()
    {
        _handler.LosesTheAnswer();

        (await FailAsync<OutcomeUnknownException>()).SupportDetails.Should().BeNull();
    }

    [Fact]
    public async Task The_credentials_of_a_proxy_are_in_no_part_of_a_failure()
    {
        for (var i = 0; i < 5; i++)
        {
            _handler.Fails(new HttpRequestException(
                "No tunnel", new IOException("The proxy tunnel request to proxy 'http://joe:secret@proxy.test:8080/' failed with status code '407'.")));
        }

        var error = await FailAsync<ConnectionFailedException>();

        error.ToString().Should().NotContain("secret").And.NotContain("joe").And.Contain("407").And.Contain("proxy.test:8080");
    }

    [Fact]
    public async Task What_a_handler_of_the_application_says_is_told_without_the_key_and_without_personal_data()
    {
        _handler.Fails(new InvalidOperationException($"The tenant of ada@example.com is not set: {TestClients.Key}."));
        using var client = TestClients.Create(_handler, _clock, o => o.Retry.MaxRetries = 0);

        var call = () => _clock.RunAsync(
            client.Leads.EnrichAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));

        (await call.Should().ThrowAsync<ConnectionFailedException>()).Which.Message
            .Should().Contain("InvalidOperationException: The tenant of ").And.NotContain(TestClients.Key).And.NotContain("ada@");
    }

    [Fact]
    public async Task A_limit_of_the_handler_that_passed_is_named()
    {
        for (var i = 0; i < 5; i++)
        {
            _handler.Fails(new TaskCanceledException(
                "A task was canceled.", new TimeoutException("A connection could not be established within the configured ConnectTimeout.")));
        }

        (await FailAsync<ConnectionFailedException>()).Message.Should().Contain("within the configured ConnectTimeout").And.NotContain("TaskCanceled");
    }

    [Fact]
    public async Task A_vault_that_gives_a_key_in_quotes_is_told_so()
    {
        using var client = TestClients.Create(_handler, _clock, o => o.ApiKeyProvider = _ => new("\"sk_1\""));

        var call = () => client.Jobs.GetStatusAsync("job-1", null, Token);

        (await call.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("quotes around it").And.NotContain("sk_1");
    }

    private async Task<T> FailAsync<T>()
        where T : SixtyfourException
    {
        using var client = TestClients.Create(_handler, _clock);
        var call = () => _clock.RunAsync(
            client.Leads.StartAsync(new() { Name = "Nadia Okafor" }, new EnrichmentStruct { ["title"] = "Job title" }, null, Token));
        return (await call.Should().ThrowAsync<T>()).Which;
    }
}
