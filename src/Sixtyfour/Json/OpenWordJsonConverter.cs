using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Json;

/// <summary>Reads and writes a string-backed value type as the plain text it wraps.</summary>
internal abstract class OpenWordJsonConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? default : read(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

    public override bool HandleNull => true;
}
