using System.Globalization;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Search;

/// <summary>What there is to be found: as many people and companies as the options say, the same ones whatever is asked for.</summary>
internal sealed class SearchRows(AnswerBook answers, EmulatorOptions options)
{
    private const string Path = "/search/query";

    /// <summary>The rows of a search in their order, without those it leaves out.</summary>
    public IReadOnlyList<JsonObject> Find(SearchDefinition search) =>
    [
        .. Enumerable.Range(1, options.SearchResultCount)
            .Select(number => Row(search.Mode, number))
            .Where(row => !IsExcluded(search, row))
            .Take(search.MaxResults),
    ];

    private JsonObject Row(string mode, int number)
    {
        var row = mode == "people" ? PersonRow(number) : CompanyRow(number);
        foreach (var (name, value) in answers.Given(Path, JsonText.ToElement(row)) ?? [])
        {
            row[name] = value?.DeepClone();
        }

        return row;
    }

    private JsonObject PersonRow(int number)
    {
        var name = number == 1 ? Person.Sample : string.Create(CultureInfo.InvariantCulture, $"Person {number:000}");
        var company = number == 1 ? Subject.SampleCompany : string.Create(CultureInfo.InvariantCulture, $"Company {number:000}");
        var person = Person.From(JsonText.ToElement(new JsonObject { ["name"] = name, ["company"] = company }));
        var random = Dice.For(options.Seed, "search row", person.Key);
        return new JsonObject
        {
            ["entity_id"] = number.ToString(CultureInfo.InvariantCulture),
            ["public_id"] = person.Slug + "-example",
            ["full_name"] = name,
            ["job_title"] = MadeUpTexts.For(FieldTopic.Of("title"), person, random),
            ["company_name"] = company,
            ["location"] = MadeUpTexts.For(FieldTopic.Of("location"), person, random),
            ["linkedin_url"] = person.LinkedIn,
        };
    }

    private JsonObject CompanyRow(int number)
    {
        var name = number == 1 ? Subject.SampleCompany : string.Create(CultureInfo.InvariantCulture, $"Company {number:000}");
        var company = Company.From(JsonText.ToElement(new JsonObject { ["company_name"] = name }));
        var random = Dice.For(options.Seed, "search row", company.Key);
        return new JsonObject
        {
            ["entity_id"] = number.ToString(CultureInfo.InvariantCulture),
            ["public_id"] = company.Slug + "-example",
            ["company_name"] = name,
            ["domain"] = $"{company.Slug}.example.com",
            ["industry"] = MadeUpTexts.For(FieldTopic.Of("industry"), company, random),
            ["employees_count"] = random.Next(10, 5000),
            ["linkedin_url"] = company.LinkedIn,
        };
    }

    private static bool IsExcluded(SearchDefinition search, JsonObject row) =>
        search.Excluded.Contains((string)row["entity_id"]!) || search.Excluded.Contains((string)row["public_id"]!)
        || (row["domain"] is { } domain && search.Excluded.Contains((string)domain!));
}
