using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RichardSzalay.MockHttp;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Raw;

public sealed class RawClientTests
{
    private const string Address = "https://api.sixtyfour.test/v2/brand-new";

    private readonly FakeClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/brand-new", "https://api.sixtyfour.test/v2/brand-new")]
    [InlineData("brand-new", "https://api.sixtyfour.test/v2/brand-new")]
    [InlineData("/brand-new/7?limit=5&after=a%2Fb", "https://api.sixtyfour.test/v2/brand-new/7?limit=5&after=a%2Fb")]
    [InlineData("/ids/a%2Fb", "https://api.sixtyfour.test/v2/ids/a%2Fb")]
    [InlineData("/name:verb", "https://api.sixtyfour.test/v2/name:verb")]
    [InlineData("/search?q=a..b", "https://api.sixtyfour.test/v2/search?q=a..b")]
    public async Task A_path_is_taken_below_the_endpoint(string path, string address)
    {
        var handler = new ScriptedHandler().Answers("{}");
        using var sixtyfour = Client(handler);

        await sixtyfour.Raw.SendAsync(HttpMethod.Get, path, cancellationToken: Token);

        handler.Seen.Should().ContainSingle().Which.Address.AbsoluteUri.Should().Be(address);
    }

    [Theory]
    [InlineData("https://elsewhere.example.com/brand-new")]
    [InlineData("http://api.sixtyfour.test/brand-new")]
    [InlineData("//elsewhere.example.com/brand-new")]
    [InlineData("/\\elsewhere.example.com")]
    [InlineData("\\\\elsewhere.example.com")]
    [InlineData("file:///etc/hosts")]
    [InlineData("/../admin")]
    [InlineData("/a/../../admin")]
    [InlineData("/./brand-new")]
    [InlineData("/%2e%2e/admin")]
    [InlineData("/a/%2E./%2e%2E/admin")]
    [InlineData("/brand-new#fragment")]
    [InlineData("/two words")]
    [InlineData("/line\nend")]
    [InlineData("/")]
    [InlineData("?limit=5")]
    [InlineData("")]
    [InlineData(" ")]
    public async Task What_is_no_path_below_the_endpoint_is_refused_and_nothing_is_sent(string path)
    {
        var handler = new ScriptedHandler();
        using var sixtyfour = Client(handler);

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Get, path, cancellationToken: Token))
            .Should().ThrowAsync<ArgumentException>().WithParameterName(nameof(path));

        handler.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_is_sent_just_as_it_is()
    {
        using var http = new MockHttpMessageHandler();
        http.Expect(HttpMethod.Post, Address)
            .WithContent("""{"domain":"example.com","none":null,"list":[1,"b"]}""").Respond("application/json", """{"score":7}""");
        using var sixtyfour = Client(http);

        var answer = await sixtyfour.Raw.SendAsync(
            HttpMethod.Post,
            "/brand-new", new JsonObject { ["domain"] = "example.com", ["none"] = null, ["list"] = new JsonArray(1, "b") }, cancellationToken: Token);

        http.VerifyNoOutstandingExpectation();
        answer.Json.GetProperty("score").GetInt32().Should().Be(7);
        answer.Info.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    public async Task A_body_need_not_be_an_object(string json)
    {
        using var http = new MockHttpMessageHandler();
        http.Expect(HttpMethod.Post, Address).WithContent(json).Respond("application/json", "{}");
        using var sixtyfour = Client(http);

        await sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", JsonNode.Parse(json), cancellationToken: Token);

        http.VerifyNoOutstandingExpectation();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_method_that_may_change_something_always_has_a_body(string method)
    {
        using var http = new MockHttpMessageHandler();
        http.Expect(new HttpMethod(method), Address).WithContent("{}").Respond("application/json", "{}");
        using var sixtyfour = Client(http);

        await sixtyfour.Raw.SendAsync(new HttpMethod(method), "/brand-new", cancellationToken: Token);

        http.VerifyNoOutstandingExpectation();
    }

    [Fact]
    public async Task A_GET_with_a_body_is_refused()
    {
        using var sixtyfour = Client(new ScriptedHandler());

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Get, "/brand-new", new JsonObject(), cancellationToken: Token))
            .Should().ThrowAsync<ArgumentException>().WithMessage("A GET has no body*");
    }

    [Fact]
    public async Task Extra_members_are_added_to_an_object_and_to_nothing()
    {
        var handler = new ScriptedHandler().Answers("{}").Answers("{}");
        using var sixtyfour = Client(handler);
        var extra = new RawOptions { ExtraProperties = { ["budget"] = 500, ["none"] = null } };

        await sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonObject { ["domain"] = "example.com" }, extra, Token);
        await sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", null, extra, Token);

        handler.Seen.Select(seen => seen.Body).Should().Equal("""{"domain":"example.com","budget":500,"none":null}""", """{"budget":500,"none":null}""");
    }

    [Fact]
    public async Task Extra_members_never_override_one_of_the_body()
    {
        using var sixtyfour = Client(new ScriptedHandler());
        var extra = new RawOptions { ExtraProperties = { ["domain"] = "example.org" } };

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonObject { ["domain"] = "example.com" }, extra, Token))
            .Should().ThrowAsync<ArgumentException>().WithMessage("'domain' in ExtraProperties*");
    }

    [Fact]
    public async Task Extra_members_cannot_be_added_to_a_list_or_to_a_GET()
    {
        using var sixtyfour = Client(new ScriptedHandler());
        var extra = new RawOptions { ExtraProperties = { ["budget"] = 500 } };

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", new JsonArray(), extra, Token))
            .Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Get, "/brand-new", null, extra, Token)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task An_idempotency_key_is_sent_and_is_part_of_the_error_when_the_answer_is_lost()
    {
        var handler = new ScriptedHandler().LosesTheAnswer();
        using var sixtyfour = Client(handler);

        var call = () => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", null, new() { IdempotencyKey = "import-7" }, Token);

        (await call.Should().ThrowAsync<OutcomeUnknownException>()).Which.IdempotencyKey.Should().Be("import-7");
        handler.Seen.Should().ContainSingle().Which.Headers["Idempotency-Key"].Should().Be("import-7");
    }

    [Theory]
    [InlineData("")]
    [InlineData("schlüssel")]
    [InlineData("line\nend")]
    public async Task An_idempotency_key_that_the_service_would_not_take_is_refused(string key)
    {
        using var sixtyfour = Client(new ScriptedHandler());

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", null, new() { IdempotencyKey = key }, Token))
            .Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", null, new() { IdempotencyKey = new('k', 256) }, Token))
            .Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task A_GET_whose_answer_is_lost_is_sent_again()
    {
        var handler = new ScriptedHandler().LosesTheAnswer().Answers("{}");
        using var sixtyfour = Client(handler);

        await _clock.RunAsync(sixtyfour.Raw.SendAsync(HttpMethod.Get, "/brand-new", cancellationToken: Token));

        handler.Seen.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_POST_whose_answer_is_lost_is_not_sent_again()
    {
        var handler = new ScriptedHandler().LosesTheAnswer();
        using var sixtyfour = Client(handler);

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", cancellationToken: Token))
            .Should().ThrowAsync<OutcomeUnknownException>();

        handler.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task A_POST_that_is_said_to_be_repeatable_is_sent_again()
    {
        var handler = new ScriptedHandler().LosesTheAnswer().Answers(HttpStatusCode.BadGateway, "").Answers("{}");
        using var sixtyfour = Client(handler);

        await _clock.RunAsync(sixtyfour.Raw.SendAsync(HttpMethod.Post, "/search", null, new() { IsRepeatable = true }, Token));

        handler.Seen.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_GET_that_is_said_to_cost_is_not_sent_again()
    {
        var handler = new ScriptedHandler().LosesTheAnswer();
        using var sixtyfour = Client(handler);

        await FluentActions.Awaiting(() => sixtyfour.Raw.SendAsync(HttpMethod.Get, "/paid-report", null, new() { IsRepeatable = false }, Token))
            .Should().ThrowAsync<OutcomeUnknownException>();

        handler.Seen.Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Accepted)]
    public async Task An_answer_without_a_body_is_one(HttpStatusCode status)
    {
        using var http = new MockHttpMessageHandler();
        http.Expect(HttpMethod.Delete, $"{Address}/7").Respond(status);
        using var sixtyfour = Client(http);

        var answer = await sixtyfour.Raw.SendAsync(HttpMethod.Delete, "/brand-new/7", cancellationToken: Token);

        answer.Info.StatusCode.Should().Be(status);
        answer.Json.ValueKind.Should().Be(JsonValueKind.Undefined);
    }

    [Fact]
    public async Task The_callback_sees_the_final_response_and_so_does_the_answer()
    {
        using var sixtyfour = Client(
            new ScriptedHandler().Answers(HttpStatusCode.TooManyRequests, "{}").Answers(HttpStatusCode.OK, "{}", ("x-request-id", "req-7")));
        var seen = new List<ResponseInfo>();

        var answer = await _clock.RunAsync(sixtyfour.Raw.SendAsync(HttpMethod.Get, "/brand-new", null, new() { OnResponse = seen.Add }, Token));

        seen.Should().ContainSingle().Which.Should().BeSameAs(answer.Info);
        (answer.Info.RequestId, answer.Info.Attempts).Should().Be(("req-7", 2));
        answer.ToString().Should().Be("200, request id req-7");
    }

    [Fact]
    public async Task Errors_are_those_of_every_other_call()
    {
        using var http = new MockHttpMessageHandler();
        http.Expect(HttpMethod.Post, Address)
            .Respond(HttpStatusCode.UnprocessableEntity, "application/json", """{"detail":[{"loc":["body","domain"],"msg":"No such domain"}]}""");
        using var sixtyfour = Client(http);

        var call = () => sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", cancellationToken: Token);

        (await call.Should().ThrowAsync<InvalidRequestException>()).Which.Errors.Should().Equal(new RequestError("body.domain", "No such domain"));
    }

    [Fact]
    public async Task The_body_is_read_when_the_call_begins()
    {
        var handler = new ScriptedHandler().Answers(HttpStatusCode.TooManyRequests, "{}").Answers("{}");
        using var sixtyfour = Client(handler);
        var body = new JsonObject { ["domain"] = "example.com" };

        var call = sixtyfour.Raw.SendAsync(HttpMethod.Post, "/brand-new", body, new() { OnResponse = _ => { }, MaxRetries = 1 }, Token);
        body["domain"] = "example.org";
        await _clock.RunAsync(call);

        handler.Seen.Select(seen => seen.Body).Should().Equal("""{"domain":"example.com"}""", """{"domain":"example.com"}""");
    }

    private SixtyfourClient Client(HttpMessageHandler handler) =>
        TestClients.Create(handler, _clock, options => options.Endpoint = new("https://api.sixtyfour.test/v2/"));
}
