using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Tests.Fields;

/// <summary>Reads structured data as a type, once through generated contracts and once through reflection.</summary>
internal static class Reading
{
    public static readonly JsonContracts Generated = new(TestJson.Default);

    public static readonly JsonContracts Reflected = new(null);

    public static Enrichment<T> Data<T>(string structuredData, JsonContracts? contracts = null, EnrichmentStruct? asked = null) =>
        Data(structuredData, (contracts ?? Generated).For<T>(), asked);

    public static Enrichment<T> Data<T>(string structuredData, JsonTypeInfo<T> typeInfo, EnrichmentStruct? asked = null) =>
        EnrichmentReader.Read(Json($$"""{"structured_data":{{structuredData}}}"""), typeInfo, asked);

    /// <summary>One value cast to one type; both kinds of contract have to agree.</summary>
    public static (T Value, FieldIssueKind? Issue) Cast<T>(string value)
    {
        var (generated, reflected) = (Cast<T>(value, Generated), Cast<T>(value, Reflected));
        JsonSerializer.Serialize(generated.Value).Should().Be(JsonSerializer.Serialize(reflected.Value), "generated and reflected contracts read the same");
        generated.Issue.Should().Be(reflected.Issue);
        return generated;
    }

    public static JsonElement Json(string json) => JsonText.Parse(json);

    private static (T Value, FieldIssueKind? Issue) Cast<T>(string value, JsonContracts contracts)
    {
        var found = Data<Box<T>>($$"""{"value":{{value}}}""", contracts);
        return (found.Data.Value, found.Issues.SingleOrDefault()?.Kind);
    }
}
