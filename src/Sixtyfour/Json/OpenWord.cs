using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Json;

/// <summary>Compares words of an open vocabulary: without regard to letter case, with '-' and space read as '_'.</summary>
internal static class OpenWord
{
    public static string Canonical(string? word) => (word ?? "").Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    public static bool AreEqual(string? left, string? right) =>
        string.Equals(left, right, StringComparison.Ordinal) || string.Equals(Canonical(left), Canonical(right), StringComparison.Ordinal);

    public static int HashCode(string? word) => StringComparer.Ordinal.GetHashCode(Canonical(word));
}

/// <summary>Reads and writes a string-backed value type as the plain text it wraps.</summary>
internal abstract class OpenWordJsonConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? default : read(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

    public override bool HandleNull => true;
}
