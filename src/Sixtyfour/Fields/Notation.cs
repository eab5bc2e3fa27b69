using System.Text;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>Lists and objects inside a text: as JSON, or as Python prints them, which the service's casting can leave.</summary>
internal static class Notation
{
    public static bool TryParse(string text, out JsonElement value)
    {
        value = default;
        return text.Length > 1
            && text[0] is '[' or '{' or '('
            && (JsonText.TryParse(text, out value) || (PythonNotation.TryToJson(text, out var json) && JsonText.TryParse(json, out value)));
    }
}

/// <summary>
/// Converts Python's notation of lists, tuples and dicts to JSON: other quotes and escapes, <c>True</c>, <c>False</c>, <c>None</c>.
/// Brackets, commas and colons are copied; the JSON parser decides whether they are valid.
/// </summary>
internal static class PythonNotation
{
    public static bool TryToJson(string text, out string json)
    {
        var written = new StringBuilder(text.Length + 16);
        var at = 0;
        while (at < text.Length)
        {
            if (!TryCopyToken(text, ref at, written))
            {
                json = "";
                return false;
            }
        }

        json = written.ToString();
        return true;
    }

    private static bool TryCopyToken(string text, ref int at, StringBuilder json)
    {
        var c = text[at];
        if (c is '\'' or '"')
        {
            return TryCopyText(text, ref at, json);
        }

        if (char.IsLetter(c))
        {
            return TryCopyWord(text, ref at, json);
        }

        json.Append(c switch { '(' => '[', ')' => ']', _ => c });
        at++;
        return true;
    }

    private static bool TryCopyWord(string text, ref int at, StringBuilder json)
    {
        var start = at;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        var word = text.Substring(start, at - start) switch
        {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            "e" or "E" => "e",
            _ => null,
        };
        json.Append(word);
        return word is not null;
    }

    private static bool TryCopyText(string text, ref int at, StringBuilder json)
    {
        var (quote, content) = (text[at++], new StringBuilder());
        while (at < text.Length && text[at] != quote)
        {
            if (!TryCopyCharacter(text, ref at, content))
            {
                return false;
            }
        }

        at++;
        json.Append(JsonText.Quoted(content.ToString()));
        return at <= text.Length;
    }

    private static bool TryCopyCharacter(string text, ref int at, StringBuilder content)
    {
        if (text[at] != '\\')
        {
            content.Append(text[at++]);
            return true;
        }

        at += 2;
        return at <= text.Length && (TryUnescape(text[at - 1]) is { } simple ? content.Append(simple) : TryCopyCode(text, ref at, content)) is not null;
    }

    private static char? TryUnescape(char escaped) => escaped switch
    {
        '\\' or '\'' or '"' => escaped,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        _ => null,
    };

    // \xhh and \uhhhh; Python does not print other escapes.
    private static StringBuilder? TryCopyCode(string text, ref int at, StringBuilder content)
    {
        var length = text[at - 1] switch { 'x' => 2, 'u' => 4, _ => 0 };
        var code = 0;
        for (var end = at + length; at < end; at++)
        {
            if (at >= text.Length || HexDigit(text[at]) is not { } digit)
            {
                return null;
            }

            code = (code * 16) + digit;
        }

        return length == 0 ? null : content.Append((char)code);
    }

    private static int? HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => null,
    };
}
