using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Http;

/// <summary>Reads the body of a success, and reports answers that are not of this API.</summary>
internal static class InvalidResponses
{
    public static T Read<T>(Call call, ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        if (body.Length is 0 && call.Request.MayBeEmpty)
        {
            return default!;
        }

        try
        {
            return JsonSerializer.Deserialize(LenientJson.Normalize(body), type) ?? throw NotJson(call, body, null);
        }
        catch (JsonException e)
        {
            throw NotJson(call, body, e);
        }
    }

    /// <summary>The id in the answer to a start; null for any other request.</summary>
    public static string? JobId(Call call, ReadOnlySpan<byte> body) =>
        !call.Request.StartsJob ? null
        : StartedJobId.Find(body) ?? throw Create(call, "holds no task_id: the job may run and be charged, but it cannot be waited for", body);

    public static InvalidResponseException TooLarge(Call call, ReadOnlySpan<byte> body) =>
        Create(call, $"is larger than {ResponseBody.MostBytes / (1024 * 1024)} MiB", body);

    // Only the origin: the rest of the target may be a signed link.
    public static InvalidResponseException Redirect(Call call, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var target = response.Headers.Location is { } location
            ? location.IsAbsoluteUri ? SafeAddress.Origin(location) : "the same origin"
            : "nowhere";
        return Create(call, $"is a redirect ({(int)response.StatusCode}) to {target}, which is never followed: the key stays with the configured origin", body);
    }

    // The key was sent there: a handler that follows redirects copies the headers.
    public static InvalidResponseException FromElsewhere(Call call, Uri elsewhere, ReadOnlySpan<byte> body) =>
        Create(
            call,
            $"came from {SafeAddress.Origin(elsewhere)}, not from the address the request was sent to: the primary handler follows redirects and may have sent "
                + "the key there. Set AllowAutoRedirect to false, and replace the key if you do not trust that address",
            body);

    public static InvalidResponseException NoFile(Call call, HttpStatusCode status) =>
        Create(call, $"has the status {(int)status} where a file was expected", []);

    public static InvalidResponseException FileTooLarge(Call call) => Create(call, $"is larger than {Download.MaxBytes / (1024 * 1024 * 1024)} GiB", []);

    private static InvalidResponseException NotJson(Call call, ReadOnlySpan<byte> body, Exception? inner) =>
        Create(call, body.Length is 0 ? "is empty where JSON was expected" : $"of {body.Length} bytes is not the expected JSON", body, inner);

    private static InvalidResponseException Create(Call call, string what, ReadOnlySpan<byte> body, Exception? inner = null) =>
        new($"The answer to /{call.Request.Route} {what}.", inner)
        {
            ResponseBody = BodyText.Read(body, call.Key),
            JobId = call.Request.JobId ?? (call.Request.StartsJob ? StartedJobId.Find(body) : null),
            Attempts = call.Attempts,
        };
}
