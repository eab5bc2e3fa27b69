using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>Research on the rows of a file, in two stages: the file is read, its rows are researched.</summary>
internal sealed record BulkWork : Work
{
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Submission _submission;
    private readonly FileLinks _links;
    private readonly EmulatorOptions _options;
    private readonly Lazy<Task<IReadOnlyList<StageFile>>> _files;

    public BulkWork(BulkRoute route, Submission submission, decimal priceCents, string? error, BulkResearch research, FileLinks links, EmulatorOptions options)
        : base(route.Path, route.TaskType, priceCents, error)
    {
        (Route, _submission, _links, _options) = (route, submission, links, options);
        var stages = new StageFiles(route, submission, research, options);
        // Once somebody asks: a job that nobody looks at costs no work.
        _files = new(() => Task.Run(() => stages.MakeAsync(_abandoned.Token)));
    }

    public BulkRoute Route { get; }

    public override int? Rows => _submission.RowCount;

    public override TimeSpan MoreTime => _options.RunTimeOf(_submission.RowCount);

    /// <summary>The files of the stages, in their order.</summary>
    /// <exception cref="JobForgottenException">The emulator was reset meanwhile.</exception>
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
        answer["results"] = new JsonArray([.. files.Select(file => Entry(file, job, host))]);
        answer["charge_amount"] = JsonText.Number(PriceCents);
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
                made => Release(made.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static void Release(IEnumerable<StageFile> files)
    {
        foreach (var file in files)
        {
            file.Content.Dispose();
        }
    }

    private JsonObject Entry(StageFile file, EmulatorJob job, string? host) => new()
    {
        ["filename"] = file.Name,
        ["storage_bucket"] = "results",
        ["file_size"] = file.Content.Length,
        ["row_count"] = _submission.RowCount,
        ["block_number"] = file.Stage,
        ["created_at"] = job.FinishedAt?.UtcDateTime.ToString("O"),
        ["message"] = null,
        ["content_type"] = file.MediaType,
        ["download_url"] = _links.To(host, job.Id, file).AbsoluteUri,
        ["download_expires_in_seconds"] = (long)_options.LinkLifetime.TotalSeconds,
        ["results"] = file.Preview?.DeepClone(),
    };
}
