using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>The start of a job: sent once, and its answer is worth an id that is paid for.</summary>
internal static class JobStarts
{
    public static async Task<string> SendAsync(
        Transport transport, string route, RequestBody body, RequestOptions? options, CancellationToken cancellationToken, SendPermit? permit = null,
        Func<bool>? reserveRepeat = null)
    {
        var request = new ApiRequest<JsonElement>(HttpMethod.Post, route, ApiJson.Default.JsonElement)
        {
            Route = route,
            Body = body,
            IsRepeatable = false,
            Time = TimeoutKind.Quick,
            StartsJob = true,
            ReserveRepeat = reserveRepeat,
            Options = options,
        };
        var answer = await transport.SendAsync(request, cancellationToken, permit).ConfigureAwait(false);
        return answer.JobId!;
    }
}
