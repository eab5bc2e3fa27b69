namespace Sixtyfour.Files;

/// <summary>Recognizes a header whose values are separated by something else than commas.</summary>
internal static class CsvDelimiter
{
    private static ReadOnlySpan<byte> Others => ";\t|"u8;

    /// <exception cref="BrokenRecordException">It is one.</exception>
    public static void Check(CsvScanner header, ReadOnlySpan<byte> record)
    {
        var first = header[0].In(record);
        if (first.Length is 4 or 5 && header.Count <= 2 && (first.StartsWith("sep="u8) || first.StartsWith("SEP="u8) || first.StartsWith("Sep="u8)))
        {
            throw new BrokenRecordException("is Excel's 'sep=' line, which the service would take for the header: remove it");
        }

        foreach (var other in Others)
        {
            if (IsInEveryCell(header, record, other))
            {
                throw new BrokenRecordException(
                    $"is separated by {Name(other)}: the service reads comma-separated values, so save the file with commas. A name that holds one belongs in quotes");
            }
        }
    }

    // What stands in quotes is part of a name.
    private static bool IsInEveryCell(CsvScanner header, ReadOnlySpan<byte> record, byte character)
    {
        foreach (var cell in header.Cells)
        {
            if (cell.IsQuoted || cell.In(record).IndexOf(character) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Name(byte delimiter) => delimiter switch
    {
        (byte)';' => "semicolons",
        (byte)'\t' => "tabs",
        _ => "vertical bars",
    };
}
