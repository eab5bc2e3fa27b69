using System.Text.RegularExpressions;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>What a field is about, by the words of its name and description.</summary>
internal sealed partial class FieldTopic
{
    private readonly string _text;
    private readonly HashSet<string> _words;

    private FieldTopic(string text)
    {
        _text = text;
        _words = [.. Word().Matches(text).Select(match => match.Value.ToUpperInvariant())];
    }

    public static FieldTopic Of(WantedField field) => new($"{field.Name} {field.Description}");

    public static FieldTopic Of(string name) => new(name);

    /// <summary>Whether one of the words occurs as a word of its own; <c>yearsOfAge</c> and <c>years_of_age</c> have three.</summary>
    public bool Mentions(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (_words.Contains(word.ToUpperInvariant()))
            {
                return true;
            }
        }

        return false;
    }

    public bool Says(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (_text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The words after "one of", when the description allows only these.</summary>
    public IReadOnlyList<string> Choices() => ListAfter(OneOf());

    /// <summary>The names after "an object with".</summary>
    public IEnumerable<string> Members() => ListAfter(ObjectWith()).Distinct();

    private string[] ListAfter(Regex lead) => lead.Match(_text) is { Success: true } match
        ? match.Groups[1].Value.Split([',', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bone of:?\s+([^.;()]+)", RegexOptions.IgnoreCase)]
    private static partial Regex OneOf();

    [GeneratedRegex(@"\ban object with:?\s+([^.;()]+)", RegexOptions.IgnoreCase)]
    private static partial Regex ObjectWith();
}
