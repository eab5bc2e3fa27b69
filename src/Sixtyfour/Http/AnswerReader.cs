using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Errors;

namespace Sixtyfour.Http;

/// <summary>Reads the body of a success.</summary>
internal static class AnswerReader
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    public static T Read<T>(Call call, ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        if (body.Length is 0 && call.Request.MayBeEmpty)
        {
            return default!;
        }

        try
        {
            var json = body.StartsWith(Utf8Mark) ? body.Slice(Utf8Mark.Length) : body;
            return JsonSerializer.Deserialize(json, type) ?? throw InvalidResponses.NotJson(call, body, null);
        }
        catch (JsonException e)
        {
            throw InvalidResponses.NotJson(call, body, e);
        }
    }
}
