using System.Globalization;
using Sixtyfour.Fields.Reading;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>A row id in whichever way it came back: a number, a text, a number with a fraction of zero.</summary>
internal static class RowId
{
    public static bool TryRead(string text, out long id) => TryRead(JsonText.OfText(text), out id);

    public static bool TryRead(System.Text.Json.JsonElement value, out long id)
    {
        id = 0;
        return NumberReading.TryReadInteger(value, out var digits) && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);
    }
}
