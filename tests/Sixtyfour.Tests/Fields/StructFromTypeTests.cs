using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Fields;

public abstract class StructFromTypeTests
{
    private protected abstract JsonContracts Contracts { get; }

    [Fact]
    public void Properties_become_fields_with_description_and_type() =>
        Fields<Profile>().Select(field => $"{field.Key} | {field.Value.Description} | {field.Value.Type}").Should().Equal(
            "title | Current job title | str",
            "age | Age in years | int",
            "management | Share of time spent on management, 0 to 1 | float",
            "is_hiring | Is the person hiring? | bool",
            "seniority | How senior the role is (one of: Junior, Senior, VicePresident) | str",
            "skills | Skills named in public profiles | list[str]",
            "history | Employer to years spent there | dict",
            "since | Start of the current role (date as yyyy-MM-dd) | str",
            "x:fit | Role fit | int");

    [Fact]
    public void Descriptions_on_record_parameters_count() =>
        Written<Engineer>().Should().Be(
            """{"title":{"description":"Current job title","type":"str"},"years_experience":{"description":"Total years of work experience","type":"int"}}""");

    [Fact]
    public void Without_a_description_the_name_in_words_is_sent()
    {
        var fields = Fields<Everything>();

        fields["maybe_int"].Description.Should().Be("Maybe int");
        fields["node_object"].Description.Should().Be("Node object");
    }

    [Theory]
    [InlineData("text", "str")]
    [InlineData("letter", "str")]
    [InlineData("flag", "bool")]
    [InlineData("tiny", "int")]
    [InlineData("u_long", "int")]
    [InlineData("u_huge", "int")]
    [InlineData("half", "float")]
    [InlineData("decimal", "float")]
    [InlineData("maybe_int", "int")]
    [InlineData("date", "str")]
    [InlineData("time", "str")]
    [InlineData("moment", "str")]
    [InlineData("instant", "str")]
    [InlineData("id", "str")]
    [InlineData("address", "str")]
    [InlineData("level", "str")]
    [InlineData("texts", "list[str]")]
    [InlineData("numbers", "list[int]")]
    [InlineData("floats", "list[float]")]
    [InlineData("flags", "list[bool]")]
    [InlineData("dates", "list[str]")]
    [InlineData("grid", "list")]
    [InlineData("counts", "dict")]
    [InlineData("contact", "dict")]
    [InlineData("contacts", "list")]
    [InlineData("inner", "dict")]
    [InlineData("raw", null)]
    [InlineData("node", null)]
    [InlineData("node_object", "dict")]
    [InlineData("node_array", "list")]
    [InlineData("anything", null)]
    public void Every_supported_type_has_its_name(string field, string? type) => Fields<Everything>()[field].Type?.Value.Should().Be(type);

    [Fact]
    public void Formats_and_members_are_told_in_the_description()
    {
        var fields = Fields<Everything>();

        fields["address"].Description.Should().Be("Address (one full address with https://)");
        fields["colors"].Description.Should().Be("Colors (any of, separated by commas: None, Red, Green, Blue)");
        fields["dates"].Description.Should().Be("Dates (each item: date as yyyy-MM-dd)");
        fields["contact"].Description.Should().Be("Contact (an object with: name, age)");
        fields["contacts"].Description.Should().Be("Contacts (each item: an object with: name, age)");
    }

    private protected EnrichmentStruct Fields<T>() => EnrichmentStruct.For(Contracts.For<T>()).Fields;

    private string Written<T>() => Writing.ToJson(Fields<T>().WriteTo);
}

public sealed class StructFromGeneratedContractTests : StructFromTypeTests
{
    private protected override JsonContracts Contracts => Reading.Generated;
}

public sealed class StructFromReflectedContractTests : StructFromTypeTests
{
    private protected override JsonContracts Contracts => Reading.Reflected;

    [Fact]
    public void What_cannot_be_read_back_is_not_asked_for() =>
        Fields<Guarded>().Select(field => field.Key).Should().Equal("kept", "by_constructor", "inherited");

    [Fact]
    public void A_changed_struct_does_not_change_the_next_one()
    {
        var first = Fields<Engineer>();
        first["title"] = "Other";
        first["more"] = "More";

        Fields<Engineer>().Count.Should().Be(2);
        Fields<Engineer>()["title"].Description.Should().Be("Current job title");
    }

    [Fact]
    public void A_type_without_properties_is_refused_by_name()
    {
        Refuses<Empty>("*Empty*no properties*");
        Refuses<JsonElement>("*JsonElement*");
        Refuses<Dictionary<string, int>>("*Dictionary<string, int>*");
    }

    [Fact]
    public void A_context_that_only_serializes_has_no_properties_to_ask_for()
    {
        var ask = () => EnrichmentStruct.For(SerializeOnlyJson.Default.Engineer);
        ask.Should().Throw<ArgumentException>().WithMessage("*Engineer*GenerationMode*");
    }

    [Fact]
    public void A_member_of_a_type_that_cannot_be_asked_for_is_named()
    {
        Refuses<Box<byte[]>>("*Value*byte[]*");
        Refuses<Box<TimeSpan>>("*Value*TimeSpan*");
        Refuses<Box<List<TimeSpan>>>("*Value*TimeSpan*");
    }

    [Fact]
    public void Two_members_of_one_JSON_name_are_named() => Refuses<Twins>("*Twins*same*");

    [Fact]
    public void More_than_a_hundred_members_are_refused_naming_the_first_too_many()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(info =>
            {
                for (var i = 0; info.Type == typeof(Empty) && i < 101; i++)
                {
                    var property = info.CreateJsonPropertyInfo(typeof(int), $"p{i}");
                    property.Set = (_, _) => { };
                    info.Properties.Add(property);
                }
            }),
        };
        var ask = () => EnrichmentStruct.For((JsonTypeInfo<Empty>)options.GetTypeInfo(typeof(Empty)));
        ask.Should().Throw<ArgumentException>().WithMessage("*101*100*p100*");
    }

    [Fact]
    public void A_type_with_its_own_converter_is_asked_for_without_a_type() => Fields<Box<Celsius>>()["value"].Type.Should().BeNull();

    [Fact]
    public void Enum_names_are_those_its_converter_writes()
    {
        Fields<EnumForms>()["by_property"].Description.Should().EndWith("(one of: Junior, Senior, VicePresident)");
        Fields<EnumForms>()["renamed"].Description.Should().EndWith("(one of: early-stage, Late)");
    }

    [Fact]
    public void A_type_may_contain_itself()
    {
        Fields<Tree>()["children"].Type.Should().Be(FieldType.List);
        Fields<Box<Forest>>()["value"].Type.Should().Be(FieldType.List);
    }

    private void Refuses<T>(string message)
    {
        var ask = Fields<T>;
        ask.Should().Throw<ArgumentException>().WithMessage(message);
    }
}

public class Base
{
    public int Inherited { get; set; }
}

public sealed class Guarded(string byConstructor) : Base
{
    public string? Kept { get; set; }

    [JsonIgnore]
    public string? Ignored { get; set; }

    public string ByConstructor { get; } = byConstructor;

    public int Computed => Inherited + 1;

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

public sealed class Empty;

public sealed class Twins
{
    [JsonPropertyName("same")]
    public int One { get; set; }

    [JsonPropertyName("same")]
    public int Two { get; set; }
}

public sealed record Tree(string Name, List<Tree> Children);

public sealed class Forest : List<Forest>;

[JsonConverter(typeof(CelsiusConverter))]
public readonly record struct Celsius(double Degrees);

public sealed class CelsiusConverter : JsonConverter<Celsius>
{
    public override Celsius Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && text.EndsWith(" C", StringComparison.Ordinal)
            ? new(double.Parse(text[..^2], System.Globalization.CultureInfo.InvariantCulture))
            : throw new FormatException("No temperature.");

    public override void Write(Utf8JsonWriter writer, Celsius value, JsonSerializerOptions options) => writer.WriteStringValue($"{value.Degrees} C");
}

public enum Stage
{
    [JsonStringEnumMemberName("early-stage")]
    Early,
    Late,
}

public sealed record EnumForms(
    [property: JsonConverter(typeof(JsonStringEnumConverter<Seniority>))] Seniority? ByProperty,
    [property: JsonConverter(typeof(JsonStringEnumConverter<Stage>))] Stage Renamed,
    Seniority Numeric);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Engineer))]
internal sealed partial class SerializeOnlyJson : JsonSerializerContext;
