using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Sixtyfour.Emulator.Json;

/// <summary>Reading and writing JSON as the service does: UTF-8, escaped no more than needed.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Null { get; } = JsonDocument.Parse("null"u8.ToArray()).RootElement.Clone();

    /// <summary>The value in <paramref name="utf8"/>, or why it is not JSON.</summary>
    public static (JsonElement? Value, string? Problem) Read(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return (null, "the body is not UTF-8");
        }

        try
        {
            RefuseLoneSurrogates(utf8.Span);
            using var document = JsonDocument.Parse(utf8);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException e)
        {
            return (null, e.Message);
        }
    }

    public static byte[] Write(JsonNode node) => Write(node.WriteTo);

    public static byte[] Write(JsonElement element) => Write((writer, _) => element.WriteTo(writer));

    /// <summary>A copy to work on. Of members with the same name the last one counts, as in most JSON readers.</summary>
    public static JsonNode? ToNode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToObject(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(ToNode)]),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element.Clone()),
    };

    public static JsonObject ToObject(JsonElement element)
    {
        var copy = new JsonObject();
        foreach (var member in element.EnumerateObject())
        {
            copy[member.Name] = ToNode(member.Value);
        }

        return copy;
    }

    public static JsonElement ToElement(JsonNode node)
    {
        using var document = JsonDocument.Parse(Write(node));
        return document.RootElement.Clone();
    }

    /// <summary>Integers without a fraction, so that 10.0 cents read 10.</summary>
    public static JsonNode Number(decimal value) => decimal.IsInteger(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static byte[] Write(Action<Utf8JsonWriter, JsonSerializerOptions?> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer, null);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Throws at once at what JsonDocument accepts, such as "\ud800", and throws at much later, whenever somebody reads that text.</summary>
    public static void RefuseLoneSurrogates(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
            {
                continue;
            }

            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException(e.Message, e);
            }
        }
    }
}
