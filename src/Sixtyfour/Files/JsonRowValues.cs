using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Files;

/// <summary>A stored JSON row.</summary>
internal sealed class JsonRowValues(byte[] utf8) : RowValues
{
    private Parsed? _parsed;

    public override IReadOnlyList<string> Columns => Read().Names;

    public override bool TryFind(string column, out FoundMember found) => Read().Members.TryFind(column, out found);

    public override JsonElement ToJson(TypePlan plan) => Read().Row;

    // Two threads may both scan it, with the same result.
    private Parsed Read() => _parsed ??= new Parsed(RowJson.Parse(utf8));

    private sealed class Parsed(JsonElement row)
    {
        public JsonElement Row { get; } = row;

        public StructMembers Members { get; } = new(row);

        public IReadOnlyList<string> Names { get; } = [.. row.Members().Select(member => member.Key)];
    }
}

/// <summary>A row as JSON.</summary>
internal static class RowJson
{
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>
    /// The object without the members of that name; everything else is kept byte for byte.
    /// </summary>
    public static byte[] Without(ReadOnlySpan<byte> utf8, string name)
    {
        var kept = new byte[utf8.Length];
        var length = 0;
        var copied = 0;
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        // Where the member begins: after the brace or comma before it.
        var from = (int)reader.BytesConsumed;
        var isFirstKept = true;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isMatch = reader.ValueTextEquals(name);
            reader.Read();
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (isMatch)
            {
                length += CopyTo(kept, length, utf8.Slice(copied, from - copied));
                // The comma before it is left out with it; for the first member the comma after it.
                copied = isFirstKept ? AfterComma(utf8, end) : end;
                from = Math.Max(copied, end);
            }
            else
            {
                isFirstKept = false;
                from = end;
            }
        }

        length += CopyTo(kept, length, utf8.Slice(copied));
        Array.Resize(ref kept, length);
        return kept;
    }

    private static int CopyTo(byte[] target, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target.AsSpan(at));
        return bytes.Length;
    }

    private static int AfterComma(ReadOnlySpan<byte> utf8, int at)
    {
        var next = at;
        while (next < utf8.Length && utf8[next] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            next++;
        }

        return next < utf8.Length && utf8[next] is (byte)',' ? next + 1 : at;
    }
}
