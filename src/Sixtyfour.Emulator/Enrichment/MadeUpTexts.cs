using System.Globalization;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Made-up values for text fields.</summary>
internal static class MadeUpTexts
{
    private static readonly string[] Titles = [
        "VP Engineering", "Head of Operations", "Software Engineer", "Product Manager", "Chief of Staff", "Sales Director"];
    private static readonly string[] Cities = ["Lagos", "Lisbon", "Oslo", "Toronto", "Nairobi", "Osaka"];
    private static readonly string[] Countries = ["Nigeria", "Portugal", "Norway", "Canada", "Kenya", "Japan"];
    private static readonly string[] Industries = ["Robotics", "Logistics", "Software", "Health care", "Energy"];
    private static readonly string[] Skills = [
        "Robotics", "C#", "Leadership", "Machine learning", "Hiring", "Embedded systems", "Logistics", "Public speaking"];
    private static readonly string[] Degrees = ["BSc Computer Science", "MSc Mechanical Engineering", "MBA", "BA Economics"];

    public static string For(FieldTopic about, Subject subject, Random random)
    {
        if (about.Choices() is { Count: > 0 } choices)
        {
            return Pick(choices, random);
        }

        return InTheWantedForm(about, subject, random) ?? ByTopic(about, subject, random);
    }

    /// <summary>What a description asks for in so many words, as the descriptions made from a C# type do.</summary>
    private static string? InTheWantedForm(FieldTopic about, Subject subject, Random random)
    {
        if (about.Says("ISO 8601"))
        {
            return Moment(random, "yyyy-MM-dd'T'HH:mm:ss'Z'");
        }

        if (about.Says("yyyy-MM-dd"))
        {
            return Moment(random, "yyyy-MM-dd");
        }

        if (about.Says("HH:mm"))
        {
            return Moment(random, "HH:mm:ss");
        }

        if (about.Says("UUID", "GUID"))
        {
            return Randomness.Dice.Guid(random.Next(), "value").ToString();
        }

        return about.Says("https://") ? "https://example.com/" + subject.Slug : null;
    }

    private static string ByTopic(FieldTopic about, Subject subject, Random random)
    {
        if (about.Mentions("email", "mail"))
        {
            return subject.Email;
        }

        if (about.Mentions("title", "role", "position", "job"))
        {
            return subject.IsSample ? Titles[0] : Pick(Titles, random);
        }

        if (about.Mentions("linkedin"))
        {
            return subject.LinkedIn;
        }

        if (about.Mentions("url", "uri", "website", "site", "link", "homepage"))
        {
            return "https://example.com/" + subject.Slug;
        }

        if (about.Mentions("phone", "mobile", "telephone"))
        {
            return string.Create(CultureInfo.InvariantCulture, $"+1 555 01{random.Next(100):00}");   // the block kept for fiction
        }

        if (about.Mentions("date", "since", "start", "started", "born", "birthday", "founded"))
        {
            return Moment(random, "yyyy-MM-dd");
        }

        return Place(about, subject, random) ?? Plain(about, subject, random);
    }

    public static string ItemFor(FieldTopic about, Subject subject, Random random)
    {
        if (about.Choices() is { Count: > 0 } choices)
        {
            return Pick(choices, random);
        }

        if (InTheWantedForm(about, subject, random) is { } text)
        {
            return text;
        }

        if (about.Mentions("city", "cities", "location", "locations"))
        {
            return Pick(Cities, random);
        }

        if (about.Mentions("country", "countries"))
        {
            return Pick(Countries, random);
        }

        if (about.Mentions("degree", "degrees", "education"))
        {
            return Pick(Degrees, random);
        }

        return about.Mentions("title", "titles", "role", "roles") ? Pick(Titles, random) : Pick(Skills, random);
    }

    private static string Moment(Random random, string format) =>
        new DateTime(2005, 1, 1).AddDays(random.Next(7000)).AddMinutes(random.Next(1440)).ToString(format, CultureInfo.InvariantCulture);

    private static string? Place(FieldTopic about, Subject subject, Random random)
    {
        if (about.Mentions("country", "nationality"))
        {
            return Pick(Countries, random);
        }

        if (about.Mentions("city", "location", "town", "place", "office", "headquarters"))
        {
            return subject.IsSample ? Cities[0] : Pick(Cities, random);
        }

        return about.Mentions("address") ? $"{random.Next(1, 200)} Example Street, {Pick(Cities, random)}" : null;
    }

    private static string Plain(FieldTopic about, Subject subject, Random random)
    {
        if (about.Mentions("company", "employer", "organization", "organisation"))
        {
            return subject.Company;
        }

        if (about.Mentions("industry", "sector"))
        {
            return Pick(Industries, random);
        }

        if (about.Mentions("degree", "education", "university"))
        {
            return Pick(Degrees, random);
        }

        if (about.Mentions("skill", "skills"))
        {
            return Pick(Skills, random);
        }

        if (about.Mentions("years", "age", "number", "count", "how"))
        {
            return random.Next(1, 60).ToString(CultureInfo.InvariantCulture);
        }

        return about.Mentions("name") ? subject.Name : subject.KnownFor(Pick(Skills, random));
    }

    private static string Pick(IReadOnlyList<string> choices, Random random) => choices[random.Next(choices.Count)];
}
