using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Search;

/// <summary>
/// A search that runs as a job: a deep search or an export, both of which leave a file, or the making of a lookalike search, which leaves none.
/// </summary>
internal sealed record SearchWork : Work, IFileWork
{
    private const int Block = 1;

    private readonly FileLinks _links;
    private readonly Lazy<Task<IReadOnlyList<StageFile>>> _files;

    public SearchWork(
        string path, string taskType, decimal priceCents, SearchDefinition search, IReadOnlyList<JsonObject> found, bool leavesFile, FileLinks links)
        : base(path, taskType, priceCents)
    {
        (Search, Found, LeavesFile, _links) = (search, found.Count, leavesFile, links);
        _files = new(async () => leavesFile ? [await MakeAsync(found).ConfigureAwait(false)] : []);
        BeginsPending = true;
    }

    public SearchDefinition Search { get; }

    /// <summary>How many rows were found.</summary>
    public int Found { get; }

    public bool LeavesFile { get; }

    public Task<IReadOnlyList<StageFile>> FilesAsync() => _files.Value;

    public override async Task AddResultAsync(JsonObject answer, EmulatorJob job, string? host)
    {
        var files = await FilesAsync().ConfigureAwait(false);
        answer["results"] = new JsonArray([.. files.Select(file => _links.Entry(job, file, host))]);
    }

    public override void Dispose()
    {
        base.Dispose();
        if (_files.IsValueCreated)
        {
            _files.Value.ContinueWith(
                made => made.Result.ToList().ForEach(file => file.Content.Dispose()),
                CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static async Task<StageFile> MakeAsync(IReadOnlyList<JsonObject> found)
    {
        var row = new TableRow([.. found.SelectMany(each => each).Select(member => member.Key).Distinct()], []);
        var writer = new TableWriter(ResultFormats.Csv);
        await writer.BeginAsync(row).ConfigureAwait(false);
        foreach (var each in found)
        {
            row.Set(JsonText.ToElement(each));
            await writer.WriteAsync(row).ConfigureAwait(false);
        }

        return new(Block, "results.csv", ResultFormats.Csv, await writer.EndAsync(CancellationToken.None).ConfigureAwait(false), found.Count, null);
    }
}
