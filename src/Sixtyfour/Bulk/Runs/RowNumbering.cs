using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>
/// Adds the position of a row in the input to the row itself. In CSV it comes first, so that rows shorter than the header keep their columns; in JSON lines it
/// is the first member.
/// </summary>
internal sealed class RowNumbering(InputFormat format)
{
    private const int MaxDepth = 512;
    private const int MostDigits = 20;
    private static readonly byte[] MemberBegin = Encoding.UTF8.GetBytes($"{{\"{BulkResults.RowIdColumn}\":");
    private readonly ByteBuffer _line = new();

    private bool IsCsv => format is InputFormat.Csv;

    /// <summary>How many bytes a row has with its number and its line feed; at most, in the case of an empty object.</summary>
    public static long LengthOf(InputFormat format, long length, long row) =>
        length + Digits(row) + (format is InputFormat.Csv ? 2 : MemberBegin.Length + 1);

    /// <summary>The first line of each file; empty where the format has none.</summary>
    public static byte[] Header(ReadOnlySpan<byte> header)
    {
        CsvHeader.Check(header);
        return [.. Encoding.UTF8.GetBytes($"{BulkResults.RowIdColumn},"), .. header, (byte)'\n'];
    }

    /// <returns>The line with its line feed; valid until the next one.</returns>
    public ReadOnlyMemory<byte> Number(ReadOnlySpan<byte> record, long row)
    {
        _line.Clear();
        if (IsCsv)
        {
            Append(row);
            _line.Append(","u8);
            _line.Append(record);
        }
        else
        {
            Check(record, row);
            _line.Append(MemberBegin);
            Append(row);
            AppendMembers(record.Slice(1));
        }

        _line.Append("\n"u8);
        return _line.Written;
    }

    private static int Digits(long row)
    {
        var digits = 1;
        for (; row > 9; row /= 10)
        {
            digits++;
        }

        return digits;
    }

    private void Append(long row)
    {
        Utf8Formatter.TryFormat(row, _line.GetSpan(MostDigits), out var written);
        _line.Advance(written);
    }

    private void AppendMembers(ReadOnlySpan<byte> members)
    {
        if (WhiteSpace.WithoutLeading(members)[0] is not (byte)'}')
        {
            _line.Append(","u8);
        }

        var begin = _line.Length;
        _line.Append(members);
        WhiteSpace.ToOneLine(_line.Array.AsSpan(begin, members.Length));
    }

    private static void Check(ReadOnlySpan<byte> record, long row)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                throw Refused(row, "is no JSON object");
            }

            while (reader.Read())
            {
                if (reader.CurrentDepth is 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(BulkResults.RowIdColumn))
                {
                    throw Refused(row, $"has a member '{BulkResults.RowIdColumn}' of its own, which a run adds: rename it");
                }
            }
        }
        catch (JsonException e)
        {
            throw Refused(row, "is no valid JSON", e);
        }
    }

    private static ArgumentException Refused(long row, string what, Exception? inner = null) =>
        new($"The bulk file cannot be run: row {row.ToString("N0", CultureInfo.InvariantCulture)} (from 0) {what}.", inner);
}
