using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields.Reading;
using Sixtyfour.Json;

namespace Sixtyfour.Companies;

/// <summary>Finds the people in an answer about a company. No JSON makes it throw.</summary>
internal static class FoundPeople
{
    // Documented and seen is the first, inside structured_data; the others are known from clients of the service.
    private static readonly string[] Names = ["leads", "people", "associated_people"];

    public static IReadOnlyList<FoundPerson> In(Enrichment answer, EnrichmentStruct? asked)
    {
        foreach (var place in Places(answer))
        {
            var people = new FieldValue("", place).AsJson().GetValueOrDefault().Items()
                .Where(item => item.ValueKind is JsonValueKind.Object)
                .Select(item => Read(item, asked))
                .ToList();
            if (people.Count > 0)
            {
                return people;
            }
        }

        return [];
    }

    public static IReadOnlyList<FoundPerson<T>> In<T>(Enrichment answer, EnrichmentStruct? asked, JsonTypeInfo<T> typeInfo)
    {
        var plan = TypePlan.For(typeInfo);
        return [.. In(answer, asked).Select(person => new FoundPerson<T>(person, StructReader.Read(person.StructuredData, typeInfo, asked), plan))];
    }

    private static IEnumerable<JsonElement> Places(Enrichment answer) =>
        Names.Select(name => answer.StructuredData.Member(name))
            .Concat(Names.Select(name => answer.AdditionalProperties.TryGetValue(name, out var place) ? place : default));

    private static FoundPerson Read(JsonElement person, EnrichmentStruct? asked)
    {
        var members = new StructMembers(person);
        return new FoundPerson
        {
            StructuredData = person,
            Asked = asked,
            Name = Text("name"),
            Title = Text("title"),
            Email = Text("email"),
            Phone = Text("phone"),
            Company = Text("company"),
            LinkedIn = Text("linkedin"),
            Score = new FieldValue("score", members.Find("score")).AsDouble(),
        };

        string? Text(string name) => ScalarReading.Text(members.Find(name));
    }
}
