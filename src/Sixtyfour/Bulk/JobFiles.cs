using Sixtyfour.Files;
using Sixtyfour.Http;

namespace Sixtyfour.Bulk;

/// <summary>The files of one finished job, and which of them is its output.</summary>
internal sealed class JobFiles : IDisposable
{
    private readonly IReadOnlyList<FileContent> _contents;
    private readonly FileEntry? _output;
    private readonly FileContent? _outputContent;
    private readonly string? _jobId;
    private readonly string? _raw;

    private JobFiles(string? jobId, string? raw, IReadOnlyList<FileEntry> entries, long? rows, Func<FileEntry, FileContent> content)
    {
        _jobId = jobId;
        _raw = raw;
        _output = Output(entries, rows);
        _contents = [.. entries.Select(content)];
        Files = [.. entries.Select((entry, i) => File(entry, _contents[i]))];
        _outputContent = _contents.Where((_, i) => ReferenceEquals(entries[i], _output)).FirstOrDefault();
    }

    public IReadOnlyList<ResultFile> Files { get; }

    /// <param name="finished">How the job ended.</param>
    /// <param name="files">Downloads the files.</param>
    /// <param name="rows">How many rows the job was given, where that is known.</param>
    public static JobFiles Of(JobSnapshot finished, FileDownloads files, long? rows)
    {
        var entries = FileEntry.ReadAll(finished.Raw);
        var links = new FileLinks(finished.JobId, entries, files);
        var raw = finished.Raw.ValueKind is System.Text.Json.JsonValueKind.Undefined ? null : BodyText.Cut(finished.Raw.GetRawText());
        return new(finished.JobId, raw, entries, rows, entry => new RemoteContent(entry, links, files));
    }

    /// <summary>A file on this machine as the output of a finished job.</summary>
    public static JobFiles Of(string path) =>
        new(jobId: null, raw: null, [new FileEntry { FileName = Path.GetFileName(path) }], rows: null, _ => new LocalContent(path));

    public async Task<RowReader> ReadOutputAsync(CancellationToken cancellationToken)
    {
        var stream = await OpenOutputAsync(cancellationToken).ConfigureAwait(false);
        return await RowReader.OpenAsync(stream, new FileLabel(_output!.FileName, _jobId), _outputContent!.Format, cancellationToken).ConfigureAwait(false);
    }

    public Task<Stream> OpenOutputAsync(CancellationToken cancellationToken) =>
        _outputContent?.OpenAsync(cancellationToken) ?? throw NoOutput();

    /// <summary>Compares the rows that were read with what the service says there are.</summary>
    public async Task CheckCountAsync(long rows, CancellationToken cancellationToken)
    {
        if (_output?.RowCount is { } due && rows != due)
        {
            await ForgetDoubtfulAsync(cancellationToken).ConfigureAwait(false);
            throw new InvalidResponseException(
                $"{_output.FileName} has {rows} rows where the service says {due}. "
                + "It may have been truncated in transit, if it came without a length: then reading it again helps. "
                + $"{nameof(ResultFile)}.{nameof(ResultFile.OpenReadAsync)} returns it as it is.")
            {
                JobId = _jobId,
            };
        }
    }

    /// <summary>A file that cannot be read, and may have been truncated, is downloaded again the next time.</summary>
    public Task ForgetDoubtfulAsync(CancellationToken cancellationToken) => _outputContent?.ForgetDoubtfulAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose()
    {
        foreach (var content in _contents)
        {
            content.Dispose();
        }
    }

    // The stage that ran last, whether or not its file is available: an earlier stage holds rows that are not enriched. It may leave more than one file.
    private static FileEntry? Output(IReadOnlyList<FileEntry> entries, long? rows)
    {
        var last = entries.Max(entry => entry.BlockNumber);
        var candidates = entries.Where(entry => entry.BlockNumber == last).ToList();
        if (candidates.Count > 1)
        {
            rows ??= RowsOfInput(entries, last);
            candidates.RemoveAll(entry => rows is null || entry.RowCount != rows);
        }

        return candidates.Count is 1 ? candidates[0] : null;
    }

    private static long? RowsOfInput(IReadOnlyList<FileEntry> entries, int? last)
    {
        var first = entries.Min(entry => entry.BlockNumber);
        var inputs = entries.Where(entry => entry.BlockNumber == first).ToList();
        return first < last && inputs.Count is 1 ? inputs[0].RowCount : null;
    }

    private InvalidResponseException NoOutput()
    {
        var problem = Files.Count is 0
            ? "its status names no file"
            : $"its status does not tell which of its files is the output: {string.Join(", ", Files.Select(file => file.FileName))}. "
                + $"Each can be opened from {nameof(BulkResult)}.{nameof(BulkResult.Files)}";
        return new($"Job {_jobId} has ended, and {problem}.") { JobId = _jobId, ResponseBody = _raw };
    }

    private ResultFile File(FileEntry entry, FileContent content) => new(content, entry.FileName)
    {
        IsOutput = ReferenceEquals(entry, _output),
        BlockNumber = entry.BlockNumber,
        RowCount = entry.RowCount,
        Message = entry.Message,
    };
}
