using System.Text;

namespace Sixtyfour.Bulk;

/// <summary>The header of a CSV input, as far as a run has to know it.</summary>
internal static class CsvHeader
{
    /// <summary>Refuses a header that a column cannot be added to.</summary>
    public static void Check(ReadOnlySpan<byte> header)
    {
        if (header.IndexOf((byte)',') < 0 && header.IndexOfAny((byte)';', (byte)'\t') >= 0)
        {
            throw new ArgumentException("The bulk file cannot be run: its header has no comma, but semicolons or tabs. The service reads comma-separated values: save it so.");
        }

        if (Names(Encoding.UTF8.GetString(header.ToArray())).Contains(BulkResults.RowIdColumn, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The bulk file cannot be run: it has a column '{BulkResults.RowIdColumn}' of its own, which a run adds. Rename it.");
        }
    }

    private static IEnumerable<string> Names(string header)
    {
        var name = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            switch (header[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    yield return name.ToString().Trim();
                    name.Clear();
                    break;
                case var c:
                    name.Append(c);
                    break;
            }
        }

        yield return name.ToString().Trim();
    }
}
