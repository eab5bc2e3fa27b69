using System.Text.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>A company.</summary>
internal sealed record Company(string Key, string Name) : Subject(Key, Name, Name)
{
    public override bool IsSample => Name == SampleCompany;

    public override decimal SampleConfidence => 9;

    public override string Email => $"{Slug}@example.com";

    public override string LinkedIn => $"https://www.linkedin.com/company/{Slug}-example";

    public override string Notes => IsSample ? "Example Robotics builds warehouse arms." : $"{Name} is a company.";

    public override (string Url, string Description) Reference => ("https://example.com", "Company site");

    public override string KnownFor(string skill) => $"{Name} is known for {skill}.";

    public static Company From(JsonElement input) =>
        new(Fingerprint(input), Known(input, "company_name", "name", "domain", "website", "linkedin", "linkedin_url") ?? "This company");
}
