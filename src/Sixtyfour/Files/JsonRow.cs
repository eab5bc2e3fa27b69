using System.Text.Json;

namespace Sixtyfour.Files;

/// <summary>Checks that a JSON row can be sent and read back.</summary>
internal static class JsonRow
{
    /// <summary>The nesting that the reading of results allows.</summary>
    public const int MaxDepth = 64;

    public const string NotValid = "is not valid JSON, or is nested more than 64 deep";

    /// <summary>Checks that the row is one object.</summary>
    /// <param name="row">The row.</param>
    /// <param name="reserved">A member that it must not have; null for none.</param>
    /// <exception cref="BrokenRecordException">It is not an object, or has that member.</exception>
    public static void Check(ReadOnlySpan<byte> row, string? reserved = null)
    {
        var reader = new Utf8JsonReader(row, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                throw new BrokenRecordException("is not a JSON object");
            }

            while (reader.Read())
            {
                if (reserved is not null && reader.CurrentDepth is 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(reserved))
                {
                    throw new BrokenRecordException($"already has a member '{reserved}', which a run adds: rename it", (int)reader.TokenStartIndex);
                }
            }
        }
        catch (JsonException e)
        {
            throw new BrokenRecordException(NotValid, (int)reader.BytesConsumed, e);
        }
    }
}
