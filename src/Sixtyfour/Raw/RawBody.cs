using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Http;

namespace Sixtyfour.Raw;

/// <summary>The body of a raw call: the caller's JSON with the extra members of the options.</summary>
internal static class RawBody
{
    public static ReadOnlyMemory<byte> Write(JsonNode? body, RawOptions? options) => body switch
    {
        null => RequestJson.Write(body, static (_, _) => { }, [], options),
        JsonObject members => RequestJson.Write(members, WriteMembers, [.. members.Select(member => member.Key)], options),
        _ when options is { ExtraProperties.Count: > 0 } =>
            throw new ArgumentException($"{nameof(RequestOptions.ExtraProperties)} can only be added to a body that is an object.", nameof(options)),
        _ => Encoding.UTF8.GetBytes(body.ToJsonString()),
    };

    private static void WriteMembers(Utf8JsonWriter writer, JsonObject members)
    {
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Key);
            if (member.Value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                member.Value.WriteTo(writer);
            }
        }
    }
}
