using System.Globalization;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Made-up values for text fields.</summary>
internal static class MadeUpTexts
{
    private static readonly string[] Titles = ["VP Engineering", "Head of Operations", "Software Engineer", "Product Manager", "Chief of Staff", "Sales Director"];
    private static readonly string[] Cities = ["Lagos", "Lisbon", "Oslo", "Toronto", "Nairobi", "Osaka"];
    private static readonly string[] Countries = ["Nigeria", "Portugal", "Norway", "Canada", "Kenya", "Japan"];
    private static readonly string[] Industries = ["Robotics", "Logistics", "Software", "Health care", "Energy"];
    private static readonly string[] Skills = ["Robotics", "C#", "Leadership", "Machine learning", "Hiring", "Embedded systems", "Logistics", "Public speaking"];
    private static readonly string[] Degrees = ["BSc Computer Science", "MSc Mechanical Engineering", "MBA", "BA Economics"];

    public static string For(FieldTopic about, Person person, Random random)
    {
        if (about.Choices() is { Count: > 0 } choices)
            return Pick(choices, random);
        if (about.Mentions("email", "mail"))
            return person.IsSample ? "nadia@example.com" : $"{person.Slug.Replace('-', '.')}@example.com";
        if (about.Mentions("title", "role", "position", "job"))
            return person.IsSample ? Titles[0] : Pick(Titles, random);
        if (about.Mentions("linkedin"))
            return $"https://www.linkedin.com/in/{person.Slug}-example";
        if (about.Mentions("url", "uri", "website", "site", "link", "homepage"))
            return "https://example.com/" + person.Slug;
        if (about.Mentions("guid", "uuid"))
            return Randomness.Dice.Guid(random.Next(), "value").ToString();
        if (about.Mentions("phone", "mobile", "telephone"))
            return string.Create(CultureInfo.InvariantCulture, $"+1 555 01{random.Next(100):00}");   // the block kept for fiction
        return Moment(about, random) ?? Place(about, person, random) ?? Plain(about, person, random);
    }

    public static JsonNode ItemFor(FieldTopic about, Random random)
    {
        if (about.Choices() is { Count: > 0 } choices)
            return Pick(choices, random);
        if (about.Mentions("city", "cities", "location", "locations"))
            return Pick(Cities, random);
        if (about.Mentions("country", "countries"))
            return Pick(Countries, random);
        if (about.Mentions("degree", "degrees", "education"))
            return Pick(Degrees, random);
        return about.Mentions("title", "titles", "role", "roles") ? Pick(Titles, random) : Pick(Skills, random);
    }

    private static string? Moment(FieldTopic about, Random random)
    {
        if (!about.Mentions("date", "since", "start", "started", "born", "birthday", "founded", "time", "ISO"))
            return null;
        var day = new DateTime(2005, 1, 1).AddDays(random.Next(7000)).AddMinutes(random.Next(1440));
        var format = about.Mentions("time") ? about.Mentions("date") ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "HH:mm:ss" : "yyyy-MM-dd";
        return day.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string? Place(FieldTopic about, Person person, Random random)
    {
        if (about.Mentions("country", "nationality"))
            return Pick(Countries, random);
        if (about.Mentions("city", "location", "town", "place", "office", "headquarters"))
            return person.IsSample ? Cities[0] : Pick(Cities, random);
        return about.Mentions("address") ? $"{random.Next(1, 200)} Example Street, {Pick(Cities, random)}" : null;
    }

    private static string Plain(FieldTopic about, Person person, Random random)
    {
        if (about.Mentions("company", "employer", "organization", "organisation"))
            return person.Company;
        if (about.Mentions("industry", "sector"))
            return Pick(Industries, random);
        if (about.Mentions("degree", "education", "university"))
            return Pick(Degrees, random);
        if (about.Mentions("skill", "skills"))
            return Pick(Skills, random);
        if (about.Mentions("years", "age", "number", "count", "how"))
            return random.Next(1, 60).ToString(CultureInfo.InvariantCulture);
        return about.Mentions("name") ? person.Name : $"{person.Name} is known for {Pick(Skills, random)} at {person.Company}.";
    }

    private static string Pick(IReadOnlyList<string> choices, Random random) => choices[random.Next(choices.Count)];
}
