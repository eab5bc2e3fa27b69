using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>A person; the company is made up when the input names none.</summary>
internal sealed record Person(string Key, string Name, string Company) : Subject(Key, Name, Company)
{
    public const string Sample = "Nadia Okafor";

    public override bool IsSample => Name == Sample && Company == SampleCompany;

    public override decimal SampleConfidence => 8.5m;

    public override string Email => IsSample ? "nadia@example.com" : $"{Slug.Replace('-', '.')}@example.com";

    public override string LinkedIn => $"https://www.linkedin.com/in/{Slug}-example";

    public override string Notes => IsSample ? "Nadia Okafor leads engineering at Example Robotics." : $"{Name} works at {Company}.";

    public override (string Url, string Description) Reference => ("https://example.com/team", $"Team page naming {Name}");

    public override string KnownFor(string skill) => $"{Name} is known for {skill} at {Company}.";

    public static Person From(JsonElement input)
    {
        var name = Known(input, "name", "full_name") ?? $"{Known(input, "first_name")} {Known(input, "last_name")}".Trim();
        if (name.Length == 0)
        {
            name = Known(input, "email", "username", "linkedin", "linkedin_url") ?? "This person";
        }

        return new(Fingerprint(input), name, Known(input, "company", "company_name", "company_domain") ?? SampleCompany);
    }
}
