using System.Text.RegularExpressions;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>What a field is about, by the words of its name and description.</summary>
internal sealed partial class FieldTopic(WantedField field)
{
    private readonly string _text = $"{field.Name} {field.Description}";
    private readonly HashSet<string> _words = [.. Word().Matches($"{field.Name} {field.Description}").Select(match => match.Value.ToUpperInvariant())];

    /// <summary>Whether one of the words occurs as a word of its own; <c>yearsOfAge</c> and <c>years_of_age</c> have three.</summary>
    public bool Mentions(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (_words.Contains(word.ToUpperInvariant()))
                return true;
        }

        return false;
    }

    public bool Says(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (_text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The words after "one of", when the description allows only these.</summary>
    public IReadOnlyList<string> Choices()
    {
        var match = OneOf().Match(field.Description);
        return match.Success ? match.Groups[1].Value.Split([',', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
    }

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bone of:?\s+([^.;()]+)", RegexOptions.IgnoreCase)]
    private static partial Regex OneOf();
}
