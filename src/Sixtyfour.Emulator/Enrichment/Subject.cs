using System.Text;
using System.Text.Json;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Whom or what an answer is about, as far as the input tells.</summary>
/// <param name="Key">The same for the same input, whatever the order of its members.</param>
/// <param name="Name">The name, or what stands in for one.</param>
/// <param name="Company">The company.</param>
internal abstract record Subject(string Key, string Name, string Company)
{
    public const string SampleCompany = "Example Robotics";

    /// <summary>Whether it is the one of the documentation, of which everything is found.</summary>
    public abstract bool IsSample { get; }

    public abstract decimal SampleConfidence { get; }

    public abstract string Email { get; }

    public abstract string LinkedIn { get; }

    public abstract string Notes { get; }

    /// <summary>An address that is always among the references, and what is found there.</summary>
    public abstract (string Url, string Description) Reference { get; }

    /// <summary>The name in lower case with hyphens, fit for an address.</summary>
    public string Slug => field ??= Slugged(Name);

    /// <summary>A sentence for fields about nothing in particular.</summary>
    public abstract string KnownFor(string skill);

    protected static string Fingerprint(JsonElement input)
    {
        var members = JsonText.ToObject(input).OrderBy(member => member.Key, StringComparer.Ordinal);
        return Dice.Fingerprint(Encoding.UTF8.GetBytes(string.Join('\n', members.Select(member => $"{member.Key}={member.Value?.ToJsonString()}"))));
    }

    /// <summary>The first of these members of the input that holds a text.</summary>
    protected static string? Known(JsonElement input, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (EnrichmentRequest.ValueOf(input, name) is { ValueKind: JsonValueKind.String } value)
            {
                return value.GetString();
            }
        }

        return null;
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

        return slug.ToString().Trim('-') is { Length: > 0 } text ? text : "unnamed";
    }
}
