using System.Globalization;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>The position of a row in the whole input, which a run adds to each row.</summary>
internal static class RowId
{
    /// <summary>The column it stands in.</summary>
    public const string Column = "row_id";

    /// <summary>Reads one in whichever way it came back: a number, a text, a number with a fraction of zero.</summary>
    public static bool TryRead(string text, out long id) => TryRead(JsonText.OfText(text), out id);

    /// <inheritdoc cref="TryRead(string, out long)"/>
    public static bool TryRead(System.Text.Json.JsonElement value, out long id)
    {
        id = 0;
        return NumberReading.TryReadInteger(value, out var digits) && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);
    }
}
