using System.Text;

namespace Sixtyfour.Fields;

/// <summary>Compares names without regard to case and word separators.</summary>
internal static class NameCase
{
    /// <summary>The same form for <c>yearsExperience</c>, <c>years_experience</c> and <c>Years experience</c>.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or ' '))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    /// <summary>The words of a C# name: <c>YearsExperience</c> is "Years experience", <c>CompanyURL</c> is "Company URL".</summary>
    public static string InWords(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '_')
            {
                Space(words);
                continue;
            }

            var startsWord = StartsWord(name, i);
            if (startsWord)
            {
                Space(words);
            }

            words.Append(startsWord && words.Length > 0 && !IsUpper(name, i + 1) ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return words.ToString().Trim();
    }

    private static bool StartsWord(string name, int i) =>
        IsUpper(name, i) && (i == 0 || !IsUpper(name, i - 1) || (i + 1 < name.Length && char.IsLower(name[i + 1])));

    private static bool IsUpper(string name, int i) => i < name.Length && char.IsUpper(name[i]);

    private static void Space(StringBuilder words)
    {
        if (words.Length > 0 && words[words.Length - 1] != ' ')
        {
            words.Append(' ');
        }
    }
}
