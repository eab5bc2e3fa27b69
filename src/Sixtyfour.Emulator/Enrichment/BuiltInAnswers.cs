using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Makes up what an agent might have found. The same lead, field and seed give the same value.</summary>
internal sealed class BuiltInAnswers
{
    private readonly EmulatorOptions _options;
    private readonly FieldValues _values;
    private readonly CompanyPeople _people;

    public BuiltInAnswers(EmulatorOptions options)
    {
        _options = options;
        _values = new(options);
        _people = new(options, _values);
    }

    public JsonObject For(EnrichmentRequest request, JsonObject? givenData)
    {
        var subject = request.Subject;
        var data = givenData ?? StructuredData(request);
        var random = Dice.For(_options.Seed, "answer", subject.Key);
        var confidence = subject.IsSample ? subject.SampleConfidence : 5 + random.Next(10) * 0.5m;
        var answer = new JsonObject
        {
            ["notes"] = subject.Notes,
            ["structured_data"] = data,
            ["findings"] = new JsonArray(),
            ["references"] = References(subject, random),
        };
        if (!request.FieldConfidence || _options.ConfidenceScoreBesideFieldConfidence)
        {
            answer["confidence_score"] = JsonText.Number(confidence);
        }

        if (request.FieldConfidence)
        {
            answer["field_confidence"] = FieldConfidence(request, data);
        }

        return answer;
    }

    private JsonObject StructuredData(EnrichmentRequest request)
    {
        var data = new JsonObject();
        foreach (var field in request.Fields)
        {
            data[field.Name] = _values.Find(field, request.Subject);
        }

        if (_options.EchoesInput)
        {
            foreach (var member in request.Input.EnumerateObject().Where(member => IsScalar(member.Value) && !data.ContainsKey(member.Name)))
            {
                data[member.Name] = JsonText.ToNode(member.Value);
            }
        }

        if (request.People is { } search)
        {
            data["leads"] = _people.Find(request.Subject, search);
        }

        return data;
    }

    private JsonObject FieldConfidence(EnrichmentRequest request, JsonObject data)
    {
        var confidence = new JsonObject();
        foreach (var field in request.Fields)
        {
            var isFound = data[field.Name] is { } value && !(value is JsonValue text && text.TryGetValue<string>(out var found) && found.Length == 0);
            confidence[field.Name] = isFound ? 60 + Dice.For(_options.Seed, "confidence", request.Subject.Key, field.Name).Next(40) : null;
        }

        return confidence;
    }

    private static JsonObject References(Subject subject, Random random)
    {
        var references = new JsonObject { [subject.Reference.Url] = subject.Reference.Description };
        if (!subject.IsSample && random.Next(2) == 0)
        {
            references[$"https://example.com/news/{subject.Slug}"] = $"News item about {subject.Company}";
        }

        return references;
    }

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
