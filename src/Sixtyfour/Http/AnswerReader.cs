using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Errors;
using Sixtyfour.Json;

namespace Sixtyfour.Http;

/// <summary>Reads the body of a success.</summary>
internal static class AnswerReader
{
    public static T Read<T>(Call call, ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        if (body.Length is 0 && call.Request.MayBeEmpty)
        {
            return default!;
        }

        try
        {
            return JsonSerializer.Deserialize(LenientJson.Normalize(body), type) ?? throw InvalidResponses.NotJson(call, body, null);
        }
        catch (JsonException e)
        {
            throw InvalidResponses.NotJson(call, body, e);
        }
    }
}
