using System.Net;
using System.Text;
using System.Text.Json;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Server;

/// <summary>A request whose body has been read.</summary>
internal sealed record ApiRequest(string Method, string Path, string? Key, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Reads the body as JSON; the answer is the refusal when it is not.</summary>
    public Reply? ReadJson(out JsonElement body)
    {
        // The service's framework takes a body of another type for a text, and refuses it as such.
        if (ContentType is null || !ContentType.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            body = JsonText.ToElement(Encoding.UTF8.GetString(Body.Span));
            return null;
        }

        var (value, problem) = JsonText.Read(Body);
        body = value ?? default;
        return problem is null ? null : Reply.Error(HttpStatusCode.BadRequest, $"Invalid JSON: {problem}");
    }
}
