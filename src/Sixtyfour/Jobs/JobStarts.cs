using System.Runtime.InteropServices;
using System.Text.Json;
using Sixtyfour.Errors;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>The start of a job: sent once, and its answer is worth an id that is paid for.</summary>
internal static class JobStarts
{
    public static async Task<string> SendAsync(
        Transport transport, string route, RequestBody body, RequestOptions? options, CancellationToken cancellationToken, Turn? turn = null)
    {
        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = body,
            IsRepeatable = false,
            Time = TimeClass.Quick,
            StartsJob = true,
            Options = options,
        };
        var answer = await transport.SendAsync(request, cancellationToken, turn).ConfigureAwait(false);
        return StartedJobId.Find(JsonMarshal.GetRawUtf8Value(answer.Value)) ?? throw InvalidResponses.WithoutId(route, answer);
    }
}
