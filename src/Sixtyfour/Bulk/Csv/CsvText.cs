namespace Sixtyfour.Bulk;

/// <summary>The text of a cell. Bytes that are no UTF-8 become U+FFFD.</summary>
internal static class CsvText
{
    public static string Of(ReadOnlySpan<byte> record, in CsvCell cell)
    {
        var text = Utf8Text.Decode(cell.In(record));
        return cell.HasDoubledQuotes ? text.Replace("\"\"", "\"") : text;
    }
}
