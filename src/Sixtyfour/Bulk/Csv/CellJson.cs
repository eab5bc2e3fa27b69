using System.Text.Json;
using Sixtyfour.Fields.Reading;

namespace Sixtyfour.Bulk;

/// <summary>
/// Turns a cell into JSON before the casting reads it. In CSV a number, a truth value, a list or an object can only be written as a text: where one of these
/// is wanted and the text is one, that is no repair. Everything else goes to the casting as the text it is.
/// </summary>
internal static class CellJson
{
    public static void Write(string text, ValueShape? shape, RepairedJson to) => _ = shape switch
    {
        IntegerShape or FloatShape when IsNumber(text) => to.Json(text),
        BooleanShape when BooleanWord(text) is { } word => to.Json(word),
        ListShape when Notation.TryParse(text.Trim(), out var list) && list.ValueKind is JsonValueKind.Array => to.Raw(list),
        DictionaryShape or ObjectShape when Notation.TryParse(text.Trim(), out var dict) && dict.ValueKind is JsonValueKind.Object => to.Raw(dict),
        _ => to.Text(text),
    };

    // Python writes them with a capital.
    private static string? BooleanWord(string text) => text switch
    {
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ => null,
    };

    private static bool IsNumber(string text)
    {
        var scan = new NumberScanner(text);
        _ = scan.Take('-');
        var whole = scan.Digits();
        var hasPoint = scan.Take('.');
        var fraction = hasPoint ? scan.Digits() : "0";
        return whole.Length > 0 && fraction.Length > 0 && (whole.Length is 1 || whole[0] is not '0') && scan.Exponent() is not null && scan.IsAtEnd;
    }
}
