using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>The way of many rows through the blocks of a pipeline.</summary>
internal sealed record BulkWork : Work, IFileWork
{
    private const double ShareOfReading = 0.05;

    private readonly CancellationTokenSource _abandoned = new();
    private readonly Submission _submission;
    private readonly FileLinks _links;
    private readonly EmulatorOptions _options;
    private readonly Lazy<Task<IReadOnlyList<StageFile>>> _files;

    public BulkWork(Submission submission, BulkResearch research, FileLinks links, EmulatorOptions options)
        : base(submission.Pipeline.Path, submission.Pipeline.TaskType, submission.RowPriceCents * submission.RowCount)
    {
        (_submission, _links, _options) = (submission, links, options);
        var stages = new StageFiles(submission, research, options);
        // Once somebody asks: a job that nobody looks at costs no work.
        _files = new(() => Task.Run(() => stages.MakeAsync(_abandoned.Token)));
    }

    public Pipeline Pipeline => _submission.Pipeline;

    public IReadOnlyList<string> Formats => _submission.Formats;

    public override int? Rows => _submission.RowCount;

    public override TimeSpan MoreTime => _options.RunTimeOf(_submission.RowCount);

    /// <summary>How many rows a block has done when a share of the time has passed: reading takes a twentieth of it, the other blocks the rest.</summary>
    public int RowsDone(int block, double share)
    {
        var shareOfOthers = (1 - ShareOfReading) / Math.Max(1, Pipeline.Blocks.Count - 1);
        var begin = block == 0 ? 0 : ShareOfReading + (block - 1) * shareOfOthers;
        var length = block == 0 ? ShareOfReading : shareOfOthers;
        return share >= 1 ? _submission.RowCount : (int)(_submission.RowCount * Math.Clamp((share - begin) / length, 0, 1));
    }

    public override void AddProgress(JsonObject answer, double share) =>
        answer["progress"] = new JsonObject { ["completed"] = RowsDone(Pipeline.Blocks.Count - 1, share), ["total"] = _submission.RowCount };

    public async Task<IReadOnlyList<StageFile>> FilesAsync()
    {
        try
        {
            return await _files.Value.ConfigureAwait(false);
        }
        catch (Exception e) when (_abandoned.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            throw new JobForgottenException(e);
        }
    }

    public override async Task AddResultAsync(JsonObject answer, EmulatorJob job, string? host)
    {
        var files = await FilesAsync().ConfigureAwait(false);
        answer["results"] = new JsonArray([.. files.Select(file => _links.Entry(job, file, host))]);
        answer["charge_amount"] = JsonText.Number(PriceCents);
    }

    private bool IsWorkflow => Pipeline.WorkflowId.Length > 0;

    public override string EventType => IsWorkflow ? "outgoing_webhook.completed" : base.EventType;

    // A workflow reports by a block of its own, which a run that failed before never comes to.
    public override bool ReportsFailure => !IsWorkflow;

    public override async Task<JsonObject> ReportAsync(EmulatorJob job, JobState state, string eventId)
    {
        if (!IsWorkflow)
        {
            return await base.ReportAsync(job, state, eventId).ConfigureAwait(false);
        }

        var last = (await FilesAsync().ConfigureAwait(false))[^1];
        return new()
        {
            ["event_id"] = eventId,
            ["run_id"] = job.Id,
            ["results"] = last.Preview?.DeepClone(),
            ["results_download_url"] = _links.To(host: null, job.Id, last).AbsoluteUri,
        };
    }

    public override void Dispose()
    {
        base.Dispose();
        _abandoned.Cancel();
        _submission.Rows.Dispose();
        if (_files.IsValueCreated)
        {
            // At once when they are made; else when those who make them have noticed.
            _files.Value.ContinueWith(
                made => Release(made.Result),
                CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static void Release(IEnumerable<StageFile> files)
    {
        foreach (var file in files)
        {
            file.Content.Dispose();
        }
    }
}
