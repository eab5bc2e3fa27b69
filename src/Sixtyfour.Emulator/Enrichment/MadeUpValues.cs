using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Plausible values, chosen by the words in a field's name and description. All of them are invented.</summary>
internal static class MadeUpValues
{
    public static JsonNode For(WantedField field, Subject subject, Random random)
    {
        var about = FieldTopic.Of(field);
        return field.Type switch
        {
            WantedType.Int => Whole(about, subject, random),
            WantedType.Float => Casting.Float(Fraction(about, random)),
            WantedType.Bool => random.Next(2) == 0,
            WantedType.List => Some(random, () => Object(about, subject, random) ?? (JsonNode)MadeUpTexts.ItemFor(about, subject, random)),
            WantedType.ListOfStr => Some(random, () => MadeUpTexts.ItemFor(about, subject, random)),
            WantedType.ListInText => Casting.ListInText(Some(random, () => MadeUpTexts.ItemFor(about, subject, random))),
            WantedType.ListOfInt => Some(random, () => random.Next(1, 100)),
            WantedType.ListOfFloat => Some(random, () => Casting.Float(Fraction(about, random))),
            WantedType.ListOfBool => Some(random, () => random.Next(2) == 0),
            WantedType.Dict => Casting.Dict(Object(about, subject, random) ?? YearsByEmployer(subject, random)),
            _ => MadeUpTexts.For(about, subject, random),
        };
    }

    /// <summary>An object with the members that the description names; null when it names none.</summary>
    private static JsonObject? Object(FieldTopic about, Subject subject, Random random)
    {
        var members = about.Members().Select(name => KeyValuePair.Create(name, (JsonNode?)MadeUpTexts.For(FieldTopic.Of(name), subject, random)));
        return new JsonObject(members) is { Count: > 0 } made ? made : null;
    }

    private static JsonObject YearsByEmployer(Subject subject, Random random) => new()
    {
        [subject.Company] = random.Next(1, 9),
        ["Example Labs"] = random.Next(1, 9),
    };

    private static JsonArray Some(Random random, Func<JsonNode?> next) =>
        new([.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => next()).DistinctBy(item => item?.ToJsonString())]);

    private static int Whole(FieldTopic about, Subject subject, Random random)
    {
        if (about.Mentions("age", "old"))
        {
            return random.Next(25, 65);
        }

        if (about.Mentions("experience"))
        {
            return subject.IsSample ? 14 : random.Next(2, 31);
        }

        if (about.Mentions("founded", "year", "since", "graduation"))
        {
            return about.Mentions("years") ? random.Next(1, 31) : random.Next(1990, 2025);
        }

        if (about.Mentions("employees", "headcount", "size", "staff", "people"))
        {
            return random.Next(10, 5000);
        }

        return about.Mentions("years") ? random.Next(1, 31) : random.Next(1, 101);
    }

    private static decimal Fraction(FieldTopic about, Random random)
    {
        if (about.Mentions("share", "ratio", "probability", "likelihood") || about.Says("0 to 1", "0-1", "between 0 and 1"))
        {
            return random.Next(0, 101) / 100m;
        }

        return about.Mentions("score", "rating") ? random.Next(0, 101) / 10m : random.Next(0, 1001) / 10m;
    }
}
