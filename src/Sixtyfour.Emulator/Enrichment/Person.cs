using System.Text;
using System.Text.Json;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>The person an answer is about, as far as the lead tells.</summary>
/// <param name="Key">The same for the same lead, whatever the order of its members.</param>
/// <param name="Name">The name, or what stands in for one.</param>
/// <param name="Company">The company, made up when the lead names none.</param>
internal sealed record Person(string Key, string Name, string Company)
{
    public bool IsSample => Name == "Nadia Okafor" && Company == "Example Robotics";

    /// <summary>The name in lower case with hyphens, fit for an address.</summary>
    public string Slug => field ??= Slugged(Name);

    public static Person From(EnrichmentRequest request)
    {
        var name = request.Known("name", "full_name") ?? $"{request.Known("first_name")} {request.Known("last_name")}".Trim();
        if (name.Length == 0)
        {
            name = request.Known("email", "username", "linkedin", "linkedin_url") ?? "This person";
        }

        var company = request.Known("company", "company_name", "company_domain") ?? "Example Robotics";
        return new(Fingerprint(request.Lead), name, company);
    }

    private static string Fingerprint(JsonElement lead)
    {
        var members = JsonText.ToObject(lead).OrderBy(member => member.Key, StringComparer.Ordinal);
        return Dice.Fingerprint(Encoding.UTF8.GetBytes(string.Join('\n', members.Select(member => $"{member.Key}={member.Value?.ToJsonString()}"))));
    }

    private static string Slugged(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-') is { Length: > 0 } text ? text : "person";
    }
}
