using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Jobs;

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
    public Task<IReadOnlyList<StageFile>> FilesAsync() => _files.Value;

    public override async Task AddResultAsync(JsonObject answer, EmulatorJob job)
    {
        var files = await FilesAsync().ConfigureAwait(false);
        answer["results"] = new JsonArray([.. files.Select(file => Entry(file, job))]);
    }

    public override void Dispose()
    {
        base.Dispose();
        _abandoned.Cancel();
        _submission.Rows.Dispose();
        if (_files is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } made })
        {
            foreach (var file in made.Result)
            {
                file.Content.Dispose();
            }
        }
    }

    private JsonObject Entry(StageFile file, EmulatorJob job) => new()
    {
        ["filename"] = file.Name,
        ["storage_bucket"] = "results",
        ["file_size"] = file.Content.Length,
        ["row_count"] = _submission.RowCount,
        ["block_number"] = file.Stage,
        ["created_at"] = job.FinishedAt?.UtcDateTime.ToString("O"),
        ["message"] = null,
        ["content_type"] = file.MediaType,
        ["download_url"] = _links.To(job.Id, file).AbsoluteUri,
        ["download_expires_in_seconds"] = (long)_options.LinkLifetime.TotalSeconds,
        ["results"] = file.Preview?.DeepClone(),
    };
}
