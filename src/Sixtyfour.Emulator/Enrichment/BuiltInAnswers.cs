using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Makes up what an agent might have found. The same lead, field and seed give the same value.</summary>
internal sealed class BuiltInAnswers(EmulatorOptions options)
{
    public JsonObject For(EnrichmentRequest request, JsonObject? givenData)
    {
        var person = Person.From(request);
        var data = givenData ?? StructuredData(request, person);
        var random = Dice.For(options.Seed, "answer", person.Key);
        var confidence = person.IsSample ? 8.5m : 5 + random.Next(10) * 0.5m;
        var answer = new JsonObject
        {
            ["notes"] = person.IsSample ? "Nadia Okafor leads engineering at Example Robotics." : $"{person.Name} works at {person.Company}.",
            ["structured_data"] = data,
            ["findings"] = new JsonArray(),
            ["references"] = References(person, random),
        };
        if (!request.FieldConfidence || options.ConfidenceScoreBesideFieldConfidence)
        {
            answer["confidence_score"] = JsonText.Number(confidence);
        }

        if (request.FieldConfidence)
        {
            answer["field_confidence"] = FieldConfidence(request, person, data);
        }

        return answer;
    }

    private JsonObject StructuredData(EnrichmentRequest request, Person person)
    {
        var data = new JsonObject();
        foreach (var field in request.Fields)
        {
            data[field.Name] = ValueOf(field, person);
        }

        if (options.EchoesInput)
        {
            foreach (var member in request.Lead.EnumerateObject().Where(member => IsScalar(member.Value) && !data.ContainsKey(member.Name)))
            {
                data[member.Name] = JsonText.ToNode(member.Value);
            }
        }

        return data;
    }

    private JsonNode? ValueOf(WantedField field, Person person)
    {
        if (field.Input is { } known)
        {
            return Casting.Cast(known, field.Type);
        }

        var random = Dice.For(options.Seed, "field", person.Key, field.Name);
        var isFound = random.NextDouble() >= options.NotFoundShare || person.IsSample;
        if (isFound)
        {
            return MadeUpValues.For(field, person, random);
        }

        return field.Type is WantedType.Str or WantedType.ListInText ? "" : null;
    }

    private JsonObject FieldConfidence(EnrichmentRequest request, Person person, JsonObject data)
    {
        var confidence = new JsonObject();
        foreach (var field in request.Fields)
        {
            var isFound = data[field.Name] is { } value && !(value is JsonValue text && text.TryGetValue<string>(out var found) && found.Length == 0);
            confidence[field.Name] = isFound ? 60 + Dice.For(options.Seed, "confidence", person.Key, field.Name).Next(40) : null;
        }

        return confidence;
    }

    private static JsonObject References(Person person, Random random)
    {
        var references = new JsonObject { ["https://example.com/team"] = $"Team page naming {person.Name}" };
        if (!person.IsSample && random.Next(2) == 0)
        {
            references[$"https://example.com/news/{person.Slug}"] = $"News item about {person.Company}";
        }

        return references;
    }

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
