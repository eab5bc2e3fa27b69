using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public class AnswerProperties
{
    private static readonly string[] TypeNames = [
        "str", "int", "float", "bool", "list", "list[str]", "list[int]", "list[float]", "list[bool]", "dict", "list[string]", "number"];

    private static Gen<JsonNode?> Values =>
        Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => (JsonNode?)Valid(text.Get)),
            ArbMap.Default.GeneratorFor<int>().Select(number => (JsonNode?)number),
            ArbMap.Default.GeneratorFor<bool>().Select(truth => (JsonNode?)truth),
            Gen.Constant((JsonNode?)null),
            Gen.Elements("[]", "[1, \"a\", null]", "{\"a\": {\"b\": 1}}", "1e3", "-0.5", "123456789012345678901234567890")
                .Select(text => JsonNode.Parse(text)));

    [Fact]
    public void Whatever_the_input_a_named_type_is_answered_in_that_type_or_as_not_found() =>
        Prop.ForAll(Values.Zip(Gen.Elements(TypeNames)).ToArbitrary(), given =>
        {
            var (value, type) = given;
            var lead = new JsonObject { ["name"] = "Nadia Okafor", ["field"] = value?.DeepClone() };

            var answer = AnswerTo(lead, new JsonObject { ["field"] = new JsonObject { ["type"] = type } });

            return answer.ContainsKey("field") && Fits(answer["field"], type);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_same_lead_gets_the_same_answer_in_any_order_of_members() =>
        Prop.ForAll(Gen.ListOf(Values, 4).ToArbitrary(), values =>
        {
            var members = values.Select((value, i) => KeyValuePair.Create($"m{i}", value?.DeepClone())).Append(new("name", "x")).ToList();
            var wanted = new JsonObject { ["title"] = "Title", ["age"] = 3, ["skills"] = new JsonArray() };

            var one = AnswerTo(new JsonObject(members), wanted);
            var other = AnswerTo(
                new JsonObject(Enumerable.Reverse(members).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))), wanted);

            return JsonNode.DeepEquals(one, other);
        }).Check(Config.QuickThrowOnFailure);

    private static JsonObject AnswerTo(JsonObject lead, JsonObject wanted)
    {
        var options = new EmulatorOptions();
        var body = new JsonObject { ["lead_info"] = lead.DeepClone(), ["struct"] = wanted.DeepClone() };
        var (request, _) = new RequestReader(options).Read(JsonText.ToElement(body), RequestForm.Lead);
        return new AnswerBook(options).For("/enrich-lead", request!)["structured_data"]!.AsObject();
    }

    private static bool Fits(JsonNode? value, string type) => value is null || (type, value.GetValueKind()) switch
    {
        ("int", JsonValueKind.Number) => long.TryParse(value.ToJsonString(), out _),
        ("float", JsonValueKind.Number) => value.ToJsonString().Contains('.', StringComparison.Ordinal),
        ("bool", JsonValueKind.True or JsonValueKind.False) => true,
        ("list", JsonValueKind.Array) => true,
        ("list[str]", JsonValueKind.Array) => value.AsArray().All(item => item!.GetValueKind() is JsonValueKind.String),
        ("list[int]" or "list[float]", JsonValueKind.Array) => value.AsArray().All(item => item!.GetValueKind() is JsonValueKind.Number),
        ("list[bool]", JsonValueKind.Array) => value.AsArray().All(item => item!.GetValueKind() is JsonValueKind.True or JsonValueKind.False),
        ("dict", JsonValueKind.String) => JsonNode.Parse(value.GetValue<string>()) is JsonObject,
        ("str" or "list[string]" or "number", JsonValueKind.String) => true,
        _ => false,
    };

    private static string Valid(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
