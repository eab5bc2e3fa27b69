using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public class ValidationTests
{
    public static TheoryData<string, string, string> SchemaErrors => new()
    {
        { "{}", "missing", "body.lead_info" },
        { """{"struct": {"a": "A"}}""", "missing", "body.lead_info" },
        { """{"lead_info": "Nadia Okafor"}""", "dict_type", "body.lead_info" },
        { """{"lead_info": null}""", "dict_type", "body.lead_info" },
        { """{"lead_info": ["Nadia Okafor"]}""", "dict_type", "body.lead_info" },
        { Wire.Enrichment(@struct: "\"title\""), "dict_type", "body.struct" },
        { Wire.Enrichment(@struct: "[]"), "dict_type", "body.struct" },
        { Wire.Enrichment(more: "\"tier\": \"ultra\""), "enum", "body.tier" },
        { Wire.Enrichment(more: "\"tier\": \"Low\""), "enum", "body.tier" },
        { Wire.Enrichment(more: "\"tier\": 3"), "string_type", "body.tier" },
        { Wire.Enrichment(more: "\"research_plan\": 3"), "string_type", "body.research_plan" },
        { Wire.Enrichment(more: "\"field_confidence\": \"yes\""), "bool_type", "body.field_confidence" },
        { Wire.Enrichment(more: "\"webhook_url\": 3"), "string_type", "body.webhook_url" },
        { Wire.Enrichment(more: "\"webhook_url\": \"\""), "url_parsing", "body.webhook_url" },
        { Wire.Enrichment(more: "\"webhook_url\": \"not a url\""), "url_parsing", "body.webhook_url" },
        { Wire.Enrichment(more: "\"webhook_url\": \"ftp://example.com/hook\""), "url_scheme", "body.webhook_url" },
        { Wire.Enrichment(more: $"\"webhook_url\": \"https://example.com/{new string('a', 2083)}\""), "url_too_long", "body.webhook_url" },
        { "[]", "model_attributes_type", "body" },
        { "\"text\"", "model_attributes_type", "body" },
    };

    [Theory]
    [MemberData(nameof(SchemaErrors))]
    public async Task What_breaks_the_schema_is_answered_with_422_and_the_place(string body, string type, string location)
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.PostAsync("/enrich-lead", body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var detail = (await Wire.JsonOf(response))["detail"]!.AsArray().Should().ContainSingle().Subject!.AsObject();
        detail["type"]!.GetValue<string>().Should().Be(type);
        string.Join('.', detail["loc"]!.AsArray().Select(part => part!.GetValue<string>())).Should().Be(location);
        detail["msg"]!.GetValue<string>().Should().NotBeEmpty();
        detail.ContainsKey("input").Should().BeTrue();
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task The_newer_form_of_a_missing_member_echoes_the_whole_body()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/people-intelligence-async", """{"struct": {"title": "Title"}}""");

        answer.ToJsonString().Should().Be(
            """{"detail":[{"type":"missing","loc":["body","lead_info"],"msg":"Field required","input":{"struct":{"title":"Title"}}}]}""");
    }

    [Fact]
    public async Task All_mistakes_are_reported_at_once()
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.AnswerAsync("/enrich-lead", """{"lead_info": 1, "struct": 2, "tier": 3}""");

        answer["detail"]!.AsArray().Should().HaveCount(3);
    }

    [Theory]
    [InlineData("{", "Invalid JSON")]
    [InlineData("", "Invalid JSON")]
    [InlineData("{\"lead_info\": {\"name\": \"\\ud800\"}}", "Invalid JSON")]
    [InlineData("""{"lead_info": {}}""", "Invalid lead information")]
    [InlineData("""{"lead_info": {"name": "  ", "company": null}}""", "Invalid lead information")]
    [InlineData("""{"lead_info": {"name": "Nadia Okafor"}, "struct": {}}""", "Invalid lead information")]
    public async Task What_is_there_but_of_no_use_is_answered_with_400(string body, string message)
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.PostAsync("/enrich-lead", body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var answer = await Wire.JsonOf(response);
        answer["error"]!.GetValue<string>().Should().Be("Bad Request");
        answer["message"]!.GetValue<string>().Should().Be(message);
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_answered_with_400()
    {
        await using var wire = await Wire.StartAsync();
        using var content = new ByteArrayContent([(byte)'"', 0xff, (byte)'"']) { Headers = { ContentType = new("application/json") } };

        var response = await wire.Http.PostAsync(new Uri("/enrich-lead", UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_json_is_refused_as_a_text()
    {
        await using var wire = await Wire.StartAsync();
        using var content = new StringContent(Wire.Enrichment());

        var response = await wire.Http.PostAsync(new Uri("/enrich-lead", UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_body_over_ten_megabytes_is_answered_with_413()
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment(more: $"\"research_plan\": \"{new string('a', 10 * 1024 * 1024)}\""));

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(101, HttpStatusCode.UnprocessableEntity)]
    public async Task A_struct_has_at_most_100_fields(int count, HttpStatusCode expected)
    {
        await using var wire = await Wire.StartAsync();
        var fields = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"f{i}", (JsonNode?)"Something")));

        (await wire.PostAsync("/enrich-lead", Wire.Enrichment(@struct: fields.ToJsonString()))).StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("micro", false, HttpStatusCode.OK)]
    [InlineData("low", false, HttpStatusCode.OK)]
    [InlineData("medium", false, HttpStatusCode.OK)]
    [InlineData("high", false, HttpStatusCode.Forbidden)]
    [InlineData("xhigh", false, HttpStatusCode.Forbidden)]
    [InlineData("high", true, HttpStatusCode.OK)]
    [InlineData("xhigh", true, HttpStatusCode.OK)]
    public async Task Upper_tiers_need_access(string tier, bool isEnabled, HttpStatusCode expected)
    {
        await using var wire = await Wire.StartAsync(options => options.HighTierEnabled = isEnabled);

        var response = await wire.PostAsync("/people-intelligence", Wire.Enrichment(more: $"\"tier\": \"{tier}\""));

        response.StatusCode.Should().Be(expected);
        if (expected is HttpStatusCode.Forbidden)
        {
            (await Wire.JsonOf(response))["error"]!.GetValue<string>().Should().Be("Forbidden");
        }
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://172.16.0.1/hook")]
    [InlineData("https://192.168.1.1/hook")]
    [InlineData("https://169.254.1.1/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[fd00::1]/hook")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    public async Task A_webhook_url_must_be_https_and_public_unless_told_otherwise(string url)
    {
        await using var wire = await Wire.StartAsync();
        await using var lenient = await Wire.StartAsync(options => options.AllowsLocalWebhooks = true);
        var body = Wire.Enrichment(more: $"\"webhook_url\": \"{url}\"");

        var response = await wire.PostAsync("/enrich-lead-async", body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Wire.JsonOf(response))["detail"]!.GetValue<string>().Should().StartWith("webhook_url must");
        (await lenient.PostAsync("/enrich-lead-async", body)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Null_options_unknown_members_and_a_public_webhook_url_are_accepted()
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.PostAsync("/people-intelligence-async", Wire.Enrichment(
            more: """
            "tier": null, "research_plan": null, "field_confidence": null, "budget": 500, "max_iterations": 3, "webhook_url": "https://app.example.com/hook"
            """));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_members_with_the_same_name_the_last_one_counts()
    {
        await using var wire = await Wire.StartAsync();

        var data = await wire.StructuredDataAsync("""{"name": "First", "name": "Last"}""", """{"name": "Name", "name": {"type": "str"}}""");

        data.ToJsonString().Should().Be("""{"name":"Last"}""");
    }
}
