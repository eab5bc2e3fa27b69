using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Http;

namespace Sixtyfour.Tests.Http;

public sealed class ErrorBodyTests
{
    [Fact]
    public void Two_strings_are_the_type_and_the_sentence()
    {
        var body = Read("""{"error": "Bad Request", "message": "Invalid company data"}""");

        body.Message.Should().Be("Invalid company data");
        body.ErrorType.Should().Be("Bad Request");
        body.Errors.Should().BeEmpty();
    }

    [Fact]
    public void A_detail_text_is_the_sentence() => Read("""{"detail": "Lead data is required"}""").Message.Should().Be("Lead data is required");

    [Fact]
    public void A_detail_list_is_read_field_by_field()
    {
        var body = Read("""{"detail": [{"loc": ["body", "workflow_name"], "msg": "field required", "type": "value_error.missing"}]}""");

        body.Message.Should().Be("body.workflow_name: field required");
        body.Errors.Should().Equal(new RequestError("body.workflow_name", "field required"));
    }

    [Fact]
    public void The_newer_detail_list_keeps_its_positions_and_leaves_out_the_echoed_input()
    {
        var body = Read("""
            {"detail": [
                {"type": "missing", "loc": ["body", "leads", 3, "email"], "msg": "Field required", "input": {"name": "Nadia Okafor"}, "ctx": {"x": 1}},
                {"type": "string_type", "loc": ["body", "tier"], "msg": "Input should be a valid string", "input": "a secret"}]}
            """);

        body.Message.Should().Be("body.leads.3.email: Field required (and 1 more)");
        body.Errors.Should().Equal(new RequestError("body.leads.3.email", "Field required"), new RequestError("body.tier", "Input should be a valid string"));
        body.ToString().Should().NotContain("Nadia").And.NotContain("secret");
    }

    [Fact]
    public void An_error_object_is_read()
    {
        var body = Read("""{"error": {"code": "rate_limited", "message": "Slow down"}}""");

        body.Message.Should().Be("Slow down");
        body.ErrorType.Should().Be("rate_limited");
    }

    [Theory]
    [InlineData("""{"detail": {"message": "No such run"}}""", "No such run")]
    [InlineData("""{"detail": {"msg": "No such run"}}""", "No such run")]
    [InlineData("""{"error": "Conflict"}""", "Conflict")]
    [InlineData("\"just a text\"", "just a text")]
    [InlineData("upstream connect error", "upstream connect error")]
    public void Every_other_shape_with_a_sentence_in_it_gives_that_sentence(string json, string message) => Read(json).Message.Should().Be(message);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("""{"error": null, "message": "", "detail": []}""")]
    [InlineData("""{"error": "Bad Req""")]
    [InlineData("""{"message": "\ud800"}""")]
    public void What_holds_no_sentence_gives_none(string body) => Read(body).Message.Should().BeNull();

    [Fact]
    public void A_message_wins_over_a_detail_and_a_detail_over_an_error_name() =>
        Read("""{"error": "Bad Request", "detail": "second", "message": "first"}""").Message.Should().Be("first");

    [Fact]
    public void A_sentence_of_any_length_is_cut() =>
        Read($$"""{"message": "{{new string('x', 100_000)}}"}""").Message!.Length.Should().BeLessThan(1_100);

    [Fact]
    public void No_bytes_make_it_throw() =>
        Prop.ForAll<byte[]>(bytes => ErrorBody.Read(bytes) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void No_json_makes_it_throw() =>
        Prop.ForAll(JsonArbitrary(), json => ErrorBody.Read(Encoding.UTF8.GetBytes(json)) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    private static Arbitrary<string> JsonArbitrary()
    {
        var leaf = Gen.Elements("null", "true", "1", "-2.5e9", "\"\"", "\"text\"", "\"\\ud800\"", "\"loc\"");
        var name = Gen.Elements("detail", "error", "message", "msg", "loc", "code", "input", "\\ud800", "x");
        return Gen.Sized(size => Value(Math.Min(size, 6))).ToArbitrary();

        Gen<string> Value(int depth) => depth <= 0
            ? leaf
            : Gen.OneOf(
                leaf,
                Gen.ListOf(Value(depth - 2)).Select(items => $"[{string.Join(",", items.Take(4))}]"),
                Gen.ListOf(name.SelectMany(n => Value(depth - 2).Select(v => $"\"{n}\":{v}"))).Select(members => $"{{{string.Join(",", members.Take(4))}}}"));
    }

    private static ErrorBody Read(string body) => ErrorBody.Read(Encoding.UTF8.GetBytes(body));
}
