using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Fields;

public sealed class ReadingProperties
{
    private static readonly Config s_tenThousand = Config.QuickThrowOnFailure.WithMaxTest(10_000);

    private static readonly string[] s_answerNames =
    [
        "structured_data", "notes", "findings", "references", "confidence_score", "field_confidence", "charge_amount", "cost_cents", "result", "data", "status",
        "error", "detail", "task_id",
    ];

    private static readonly string[] s_names = [.. Reading.Generated.For<Everything>().Properties.Select(property => property.Name)];

    [Fact]
    public void No_structured_data_makes_typed_reading_throw() =>
        Prop.ForAll(
            Gen.Frequency((5, AnyJson.ObjectWith(s_names)), (1, AnyJson.Value)).ToArbitrary(),
            data =>
            {
                var found = StructReader.Read(Reading.Json(data), Reading.Generated.For<Everything>());
                return found.Data is not null && found.Issues.All(issue => issue.ToString().Length > 0);
            }).Check(s_tenThousand);

    [Fact]
    public void Generated_and_reflected_contracts_read_the_same() =>
        Prop.ForAll(
            AnyJson.ObjectWith(s_names).ToArbitrary(),
            data => Summary(Reading.Data<Everything>(data, Reading.Generated)) == Summary(Reading.Data<Everything>(data, Reading.Reflected)))
            .Check(s_tenThousand.WithMaxTest(1_000));

    // With this option the serializer cannot be trusted to pick the exact name, so nothing is read as it came.
    [Fact]
    public void What_is_read_as_it_came_and_what_is_written_anew_are_the_same()
    {
        var contract = Reading.Reflected.For<Everything>();
        var rewriting = (JsonTypeInfo<Everything>)new JsonSerializerOptions(contract.Options) { PropertyNameCaseInsensitive = true }
            .GetTypeInfo(typeof(Everything));

        Prop.ForAll(
            Gen.OneOf(AnyJson.ObjectWith(s_names), EverythingGenerator.Full.Select(written => JsonSerializer.Serialize(written, contract))).ToArbitrary(),
            data => Summary(Reading.Data(data, contract)) == Summary(Reading.Data(data, rewriting)))
            .Check(s_tenThousand.WithMaxTest(2_000));
    }

    [Fact]
    public void An_answer_is_read_or_refused_and_nothing_else() =>
        Prop.ForAll(
            AnyJson.ObjectWith(s_answerNames).ToArbitrary(),
            answer =>
            {
                try
                {
                    var found = Enrichment.Parse(answer);
                    return found.ReadAs<Profile>() is not null && found.ToString().Length > 0;
                }
                catch (InvalidResponseException e)
                {
                    return e.ResponseBody is not null && Reading.Json(answer).Member("structured_data") is var data && (data.IsNothing() || data.IsEmptyDict());
                }
            }).Check(s_tenThousand);

    [Fact]
    public void No_value_makes_untyped_reading_throw() =>
        Prop.ForAll(
            AnyJson.Value.ToArbitrary(),
            json =>
            {
                foreach (var asked in new[] { StructField.Str("x"), StructField.List("x"), StructField.Dict("x") })
                {
                    var value = EnrichmentReader.Read(Reading.Json("{\"structured_data\":{\"x\":" + json + "}}"), new() { ["x"] = asked })["x"];
                    _ = (value.AsString(), value.AsInt32(), value.AsInt64(), value.AsDouble(),
                        value.AsBoolean(), value.AsStrings(), value.AsJson(), value.ToString());
                    if (value.IsMissing && (value.AsString() ?? "[{").IndexOfAny(['[', '{']) < 0)
                    {
                        return false;
                    }
                }

                return true;
            }).Check(s_tenThousand);

    [Fact]
    public void What_was_written_comes_back_equal_and_without_an_issue() =>
        Prop.ForAll(
            EverythingGenerator.Full.ToArbitrary(),
            written =>
            {
                foreach (var contracts in new[] { Reading.Generated, Reading.Reflected })
                {
                    var json = JsonSerializer.Serialize(written, contracts.For<Everything>());
                    var found = Reading.Data<Everything>(json, contracts);
                    found.Issues.Should().BeEmpty("this was written: {0}", json);
                    JsonSerializer.Serialize(found.Data, contracts.For<Everything>()).Should().Be(json);
                }
            }).Check(s_tenThousand.WithMaxTest(2_000));

    [Fact]
    public void However_deep_an_answer_goes_it_is_read()
    {
        const int Depth = 5_000;
        var deep = new StringBuilder().Insert(0, "{\"inner\":", Depth).Append("{\"int\":1}").Append('}', Depth);
        using var document = JsonDocument.Parse(
            "{\"structured_data\":{\"int\": 7, \"inner\":" + deep + ", \"raw\":" + deep + "}}", new() { MaxDepth = Depth + 10 });

        var found = EnrichmentReader.Read(document.RootElement, Reading.Generated.For<Everything>());

        found.Data.Int.Should().Be(7);
        found.Issues.Should().Contain(issue => issue.Kind == FieldIssueKind.Unreadable && issue.Name == "raw");
    }

    private static string Summary(Enrichment<Everything> found) =>
        JsonSerializer.Serialize(Writable(found.Data)!, Reading.Reflected.For<Everything>()) + string.Join(";", found.Issues) + string.Join(";", found.Missing);

    // The untyped members hold what came, and the serializer writes neither an element that is not there nor a text that is no valid Unicode.
    private static Everything? Writable(Everything? read) => read is null ? null : read with
    {
        Raw = Reading.Json("null"),
        Node = null,
        NodeObject = null,
        NodeArray = null,
        Anything = null,
        Inner = Writable(read.Inner),
    };
}
