using System.Text.Json;
using Sixtyfour.Errors;
using Sixtyfour.Http;
using Sixtyfour.Json;

namespace Sixtyfour.Jobs;

/// <summary>The start of a job: sent once, and its answer is worth an id that is paid for.</summary>
internal static class JobStarts
{
    public static async Task<string> SendAsync(
        Transport transport, string route, ReadOnlyMemory<byte> body, RequestOptions? options, CancellationToken cancellationToken, RequestBudget.Slot? turn = null)
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
        return Id(answer.Value) ?? throw InvalidResponses.WithoutId(route, answer);
    }

    // "task_id" in every sample of a start; "id" and "job_id" are what the status and the workflow answers call the same value.
    private static string? Id(JsonElement answer) => answer.MemberText("task_id") ?? answer.MemberText("id") ?? answer.MemberText("job_id");
}
