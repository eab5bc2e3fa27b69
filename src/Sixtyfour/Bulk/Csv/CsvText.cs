namespace Sixtyfour.Bulk;

/// <summary>The text of a cell. Bytes that are no UTF-8 become U+FFFD.</summary>
internal static class CsvText
{
    public static string Of(ReadOnlySpan<byte> record, in CsvCell cell)
    {
        var text = Utf8Text.Decode(cell.In(record));
        return cell.HasDoubledQuotes ? text.Replace("\"\"", "\"") : text;
    }

    /// <summary>Nothing but white space, of whatever alphabet.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text) =>
        text.Length is 0 || (text[0] is not (> (byte)' ' and < 0x7F) && string.IsNullOrWhiteSpace(Utf8Text.Decode(text)));
}
