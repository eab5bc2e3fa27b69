using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Fields;

/// <summary>The odd corners of JSON contracts: what a type may do, reading has to survive.</summary>
public abstract class ContractReadingTests
{
    private protected abstract JsonContracts Contracts { get; }

    [Fact]
    public void Members_by_constructor_and_inherited_ones_are_read_and_unknown_ones_kept_where_the_type_keeps_them()
    {
        var found = Read<Guarded>("""{"by_constructor": "a", "inherited": "7", "kept": "b", "ignored": "c", "computed": 99, "other": [1]}""");

        found.Data.ByConstructor.Should().Be("a");
        found.Data.Inherited.Should().Be(7);
        found.Data.Kept.Should().Be("b");
        found.Data.Ignored.Should().BeNull();
        found.Data.Computed.Should().Be(8);
        found.Data.Rest.Should().ContainKey("other");
        found.Issues.Should().ContainSingle(issue => issue.Name == "inherited");
        found.Missing.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"vice president\"", Seniority.VicePresident)]
    [InlineData("\"Senior\"", Seniority.Senior)]
    [InlineData("2", Seniority.VicePresident)]
    public void Enums_are_read_by_name_with_every_converter(string json, Seniority expected)
    {
        var found = Read<EnumForms>($$"""{"by_property": {{json}}, "renamed": "EARLY STAGE", "numeric": {{json}} }""");

        found.Data.Should().Be(new EnumForms(expected, Stage.Early, expected));
        found.Issues.Should().BeEmpty();
    }

    [Fact]
    public void A_converter_of_ones_own_sees_the_value_as_it_came_and_may_refuse_it()
    {
        Read<Box<Celsius>>("""{"value": "21.5 C"}""").Data.Value.Should().Be(new Celsius(21.5));

        var refused = Read<Pair>("""{"first": "warm", "second": "21.5 C", "text": "kept"}""");
        refused.Data.Should().Be(new Pair(default, new Celsius(21.5), "kept"));
        refused.Issues.Should().ContainSingle(issue => issue.Name == "first" && issue.Kind == FieldIssueKind.Unreadable && issue.Raw.GetString() == "warm");
    }

    [Fact]
    public void A_setter_that_refuses_a_value_costs_that_member_only()
    {
        var found = Read<Careful>("""{"age": -1, "title": "VP"}""");

        found.Data.Title.Should().Be("VP");
        found.Data.Age.Should().Be(0);
        found.Issues.Should().ContainSingle(issue => issue.Name == "age" && issue.Kind == FieldIssueKind.Unreadable);
    }

    [Fact]
    public void A_constructor_that_insists_is_told_by_an_issue_without_a_name_and_the_raw_values_stay()
    {
        Read<Insisting>("""{"name": "a", "temperature": "hot"}""").Data!.Name.Should().Be("a");

        var found = Read<Insisting>("""{"temperature": "1 C"}""");
        found.Data.Should().BeNull();
        found.Issues.Should().Contain(issue => issue.Name == "" && issue.Kind == FieldIssueKind.Unreadable && issue.Expected == "Insisting");
        found.StructuredData.GetProperty("temperature").GetString().Should().Be("1 C");
    }

    [Fact]
    public void The_derived_type_that_the_answer_names_is_made()
    {
        var found = Read<Box<Animal>>("""{"value": {"name": 7, "lives": 9, "$type": "cat"}}""");

        found.Data.Value.Should().Be(new Cat { Name = "7", Lives = 9 });
    }

    [Fact]
    public void Value_types_and_types_that_contain_themselves_are_read()
    {
        Read<Point>("""{"x": "1", "y": 2.0}""").Data.Should().Be(new Point(1, 2));
        Read<Tree>("""{"name": "a", "children": [{"name": "b", "children": []}]}""").Data.Children.Should().ContainSingle().Which.Name.Should().Be("b");
    }

    [Fact]
    public void The_whole_may_be_a_dictionary_or_JSON()
    {
        Read<Dictionary<string, int>>("""{"a": "1", "b": 2}""").Data.Should().Equal(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 });
        Read<JsonElement>("""{"a": "1"}""").Data.GetRawText().Should().Be("""{"a": "1"}""");

        var unreadable = Read<Dictionary<string, int>>("[1]");
        unreadable.Data.Should().BeNull();
        unreadable.Issues.Should().ContainSingle(issue => issue.Name == "" && issue.Kind == FieldIssueKind.Unreadable);
    }

    private protected Enrichment<T> Read<T>(string structuredData) => Reading.Data<T>(structuredData, Contracts);
}

public sealed class GeneratedContractReadingTests : ContractReadingTests
{
    private protected override JsonContracts Contracts { get; } = new(ContractJson.Default);
}

public sealed class ReflectedContractReadingTests : ContractReadingTests
{
    private protected override JsonContracts Contracts => Reading.Reflected;

    [Fact]
    public void Options_that_insist_are_not_heeded_for_what_the_agent_did_not_find()
    {
        var strict = new JsonSerializerOptions
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };

        var found = Reading.Data("""{"Age": 5, "Age": "6", "other": 1}""", (JsonTypeInfo<Demanding>)strict.GetTypeInfo(typeof(Demanding)));

        found.Data.Age.Should().Be(6);
        found.Missing.Should().Contain("Name").And.Contain("Level");
    }

    [Fact]
    public void A_contract_changed_by_hand_is_used_just_as_it_is()
    {
        var info = JsonTypeInfo.CreateJsonTypeInfo<Careful>(JsonSerializerOptions.Default);
        info.CreateObject = () => new Careful();
        var title = info.CreateJsonPropertyInfo(typeof(string), "job");
        title.Set = (careful, value) => ((Careful)careful).Title = (string?)value;
        info.Properties.Add(title);

        Reading.Data("""{"job": 7}""", info).Data.Title.Should().Be("7");
    }

    [Fact]
    public void A_converter_on_a_property_counts() =>
        Read<Converted>("""{"temperature": "2 C"}""").Data.Temperature.Should().Be("2 C!");

    [Fact]
    public void A_type_that_cannot_be_made_at_all_is_an_issue()
    {
        Read<IDisposable>("{}").Data.Should().BeNull();
        Reading.Data("""{"Title": "x"}""", SerializeOnlyJson.Default.Engineer).Data.Should().BeNull();
    }
}

public sealed record Pair(Celsius First, Celsius Second, string? Text);

public sealed record Careful
{
    private int _age;

    public string? Title { get; set; }

    public int Age
    {
        get => _age;
        set => _age = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "An age is not negative.");
    }
}

public sealed record Insisting
{
    public Insisting(string name, Celsius? temperature)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Temperature = temperature;
    }

    public string Name { get; }

    public Celsius? Temperature { get; }
}

[JsonDerivedType(typeof(Cat), "cat")]
public record Animal
{
    public string? Name { get; set; }
}

public sealed record Cat : Animal
{
    public int Lives { get; set; }
}

public readonly record struct Point(int X, int Y);

public sealed record Converted([property: JsonConverter(typeof(ExclaimingConverter))] string? Temperature);

public sealed class ExclaimingConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() + "!";

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

[JsonSerializable(typeof(Guarded))]
[JsonSerializable(typeof(EnumForms))]
[JsonSerializable(typeof(Box<Celsius>))]
[JsonSerializable(typeof(Pair))]
[JsonSerializable(typeof(Careful))]
[JsonSerializable(typeof(Insisting))]
[JsonSerializable(typeof(Box<Animal>))]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(Tree))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ContractJson : JsonSerializerContext;
