using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Bulk jobs as the poller sees them, with their stages where progress is wanted: <c>GET /workflows/runs/{id}/live_status</c>.</summary>
internal sealed class BulkProgressSource(IJobSource jobs, Transport transport, SixtyfourClientOptions options, ILogger logger) : IJobSource
{
    private const int ShareOfAnAttempt = 10;

    // Optional for the wait: it must neither delay it for long nor end it.
    private readonly RequestOptions _brief = new()
    {
        MaxRetries = 0,
        AttemptTimeout = TimeSpan.FromTicks(options.QuickAttemptTimeout.Ticks / ShareOfAnAttempt),
        TotalTimeout = TimeSpan.FromTicks(options.QuickAttemptTimeout.Ticks / ShareOfAnAttempt),
    };

    public Task<JobSnapshot> GetStatusAsync(string jobId, CancellationToken cancellationToken) => jobs.GetStatusAsync(jobId, cancellationToken);

    public SixtyfourException Failure(JobSnapshot last) => jobs.Failure(last);

    public IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, JobWaitOptions? waiting, CancellationToken cancellationToken) =>
        waiting?.Progress is { } progress ? WatchAsync(jobId, waiting, progress, cancellationToken) : jobs.WatchAsync(jobId, waiting, cancellationToken);

    private async IAsyncEnumerable<JobSnapshot> WatchAsync(
        string jobId, JobWaitOptions waiting, IProgress<JobSnapshot> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var silent = new JobWaitOptions { Timeout = waiting.Timeout, ExpectWebhook = waiting.ExpectWebhook };
        await foreach (var snapshot in jobs.WatchAsync(jobId, silent, cancellationToken).ConfigureAwait(false))
        {
            var seen = snapshot.Status.IsTerminal ? snapshot : snapshot.With(await StagesAsync(jobId, cancellationToken).ConfigureAwait(false));
            progress.Report(seen);
            yield return seen;
        }
    }

    private async Task<IReadOnlyList<JobStage>> StagesAsync(string jobId, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<JsonElement>(HttpMethod.Get, $"workflows/runs/{Uri.EscapeDataString(jobId)}/live_status", ApiJson.Default.JsonElement)
        {
            Route = "workflows/runs/live_status",
            IsRepeatable = true,
            Time = TimeoutKind.Quick,
            JobId = jobId,
            IsPoll = true,
            Options = _brief,
        };
        try
        {
            return JobStages.Read((await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Value);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the failure, including a key source without a key: the status call meets it too, and that one counts.
            Log.StagesUnknown(logger, jobId, e.GetType().Name);
            return [];
        }
    }
}

/// <summary>The stages in a live status, in their order. A missing or malformed number stays unknown.</summary>
internal static class JobStages
{
    public static IReadOnlyList<JobStage> Read(JsonElement answer) => answer.Member("blocks") is { ValueKind: JsonValueKind.Array } blocks
        ? [.. blocks.EnumerateArray().OrderBy(block => Number(block, "sequence_number") ?? long.MaxValue).Select(Stage)]
        : [];

    private static JobStage Stage(JsonElement block) => new()
    {
        Name = block.MemberText("block_name") ?? "",
        Status = new JobStatus(block.MemberText("status") ?? ""),
        Processed = Number(block, "processed_count") ?? 0,
        Total = Total(Number(block, "total_count")) ?? Total(Number(block, "estimated_total_count")),
    };

    // Zero is the service's default where it does not know.
    private static long? Total(long? count) => count is > 0 ? count : null;

    private static long? Number(JsonElement block, string name) =>
        block.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value >= 0 ? value : null;
}
