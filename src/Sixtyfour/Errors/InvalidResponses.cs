using System.Net;
using System.Text.Json;
using Sixtyfour.Http;

namespace Sixtyfour.Errors;

/// <summary>Answers that are none of this API's.</summary>
internal static class InvalidResponses
{
    public static InvalidResponseException NotJson(Call call, ReadOnlySpan<byte> body, Exception? inner) =>
        Create(call, body.Length is 0 ? "is empty where JSON was due" : $"of {body.Length} bytes is not the JSON that was due", body, inner);

    public static InvalidResponseException TooLarge(Call call, ReadOnlySpan<byte> body) =>
        Create(call, $"is larger than {Defaults.MaxAnswerBytes / (1024 * 1024)} MiB", body);

    public static InvalidResponseException WithoutId(string route, ApiAnswer<JsonElement> answer) =>
        new($"The answer to /{route} holds no task_id: the job may run and be charged, but it cannot be waited for.")
        {
            ResponseBody = BodyText.Cut(answer.Value.GetRawText()),
            Attempts = answer.Attempts,
        };

    // Only the origin: the rest of the target may be a signed link.
    public static InvalidResponseException Redirect(Call call, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var target = response.Headers.Location is { } location
            ? location.IsAbsoluteUri ? location.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "the same origin"
            : "nowhere";
        return Create(call, $"is a redirect ({(int)response.StatusCode}) to {target}, which is never followed: the key stays with the configured origin", body);
    }

    public static InvalidResponseException NoFile(Call call, HttpStatusCode status) => Create(call, $"has the status {(int)status} where a file was due", []);

    public static InvalidResponseException FileTooLarge(Call call) => Create(call, $"is larger than {Download.MaxBytes / (1024 * 1024 * 1024)} GiB", []);

    private static InvalidResponseException Create(Call call, string what, ReadOnlySpan<byte> body, Exception? inner = null) =>
        new($"The answer to /{call.Request.Route} {what}.", inner)
        {
            ResponseBody = body.Length is 0 ? null : Secrets.Mask(BodyText.Decode(body), call.Key),
            JobId = call.Request.JobId ?? (call.Request.StartsJob ? StartedJobId.Find(body) : null),
            Attempts = call.Attempts,
        };
}
