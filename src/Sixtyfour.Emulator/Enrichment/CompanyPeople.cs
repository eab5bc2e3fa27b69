using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Makes up the people of a company: two to four, the most relevant one first.</summary>
internal sealed class CompanyPeople(EmulatorOptions options, FieldValues values)
{
    private const string Score = "score";

    public JsonArray Find(Subject company, PeopleSearch search)
    {
        var count = Dice.For(options.Seed, "people", company.Key).Next(2, 5);
        return new([.. Enumerable.Range(1, count).Select(rank => Lead(company, rank, search))]);
    }

    private JsonObject Lead(Subject company, int rank, PeopleSearch search)
    {
        var name = company.IsSample && rank == 1 ? Person.Sample : string.Create(CultureInfo.InvariantCulture, $"Person {rank:000} of {company.Name}");
        var known = JsonText.ToElement(new JsonObject { ["name"] = name, ["company"] = company.Name });
        var person = Person.From(known);
        var lead = search.Struct is { } wanted ? InTheWantedForm(person, wanted, known) : InTheUsualForm(person);
        if (!lead.ContainsKey(Score))
        {
            // The service was seen to write the number into a text.
            lead[Score] = (10 - rank * 0.5m).ToString("0.#", CultureInfo.InvariantCulture);
        }

        return lead;
    }

    private JsonObject InTheWantedForm(Person person, JsonElement wanted, JsonElement known) =>
        new(WantedField.All(wanted, known).Select(field => KeyValuePair.Create(field.Name, values.Find(field, person))));

    private JsonObject InTheUsualForm(Person person) => new()
    {
        ["name"] = person.Name,
        ["email"] = person.Email,
        ["company"] = person.Company,
        ["title"] = MadeUpTexts.For(FieldTopic.Of("title"), person, Dice.For(options.Seed, "field", person.Key, "title")),
        ["phone"] = "",
        ["linkedin"] = person.LinkedIn,
    };
}
