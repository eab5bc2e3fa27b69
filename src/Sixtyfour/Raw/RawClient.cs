using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Raw;

internal sealed class RawClient(Transport transport) : IRawClient
{
    // Paths may hold ids, so telemetry and messages name all of these calls alike.
    private const string Route = "raw";

    public async Task<RawResponse> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, RawOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var isGet = method == HttpMethod.Get;
        var request = new ApiRequest<JsonElement>(method, Relative(path), ApiJson.Default.JsonElement)
        {
            Route = Route,
            Body = isGet ? BodyOfGet(body, options) : RawBody.Write(body, options),
            IsRepeatable = options?.IsRepeatable ?? isGet,
            Time = isGet ? TimeoutKind.Quick : TimeoutKind.Agent,
            IdempotencyKey = Idempotency.Check(options?.IdempotencyKey),
            MayBeEmpty = true,
            WantsInfo = true,
            Options = options,
        };
        var answer = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new(answer.Info!, answer.Value);
    }

    // An absolute path would carry the key to another origin.
    private static string Relative(string path)
    {
        var relative = path.Length > 0 && path[0] is '/' ? path.Substring(1) : path;
        return relative.Length > 0 && relative[0] is not ('/' or '\\' or '?' or '#')
            && !relative.Contains("://") && !relative.Split('?')[0].Split('/').Any(part => Uri.UnescapeDataString(part) is "." or "..")
            && relative.All(c => c is > ' ' and not '#' and not '\\')
                ? relative
                : throw new ArgumentException(
                    $"'{path}' is not a path below the endpoint: write it like '/brand-new', escaped, without an address, a fragment or dots.", nameof(path));
    }

    private static RequestBody? BodyOfGet(JsonNode? body, RawOptions? options) =>
        body is not null || options is { ExtraProperties.Count: > 0 }
            ? throw new ArgumentException("A GET has no body: put its parameters into the query of the path.", nameof(body))
            // Without a content object it is unknown whether it was sent, and the framework itself would send it again; an empty one is enough.
            : options?.IsRepeatable is false ? (RequestBody)ReadOnlyMemory<byte>.Empty : null;
}

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
