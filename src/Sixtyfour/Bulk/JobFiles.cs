using Sixtyfour.Http;

namespace Sixtyfour.Bulk;

/// <summary>The files of one finished job, and which of them is its output.</summary>
internal sealed class JobFiles : IDisposable
{
    private readonly IReadOnlyList<BulkContent> _contents;
    private readonly BulkFileEntry? _output;
    private readonly BulkContent? _outputContent;
    private readonly string? _jobId;
    private readonly string? _raw;

    private JobFiles(string? jobId, string? raw, IReadOnlyList<BulkFileEntry> entries, Func<BulkFileEntry, BulkContent> content)
    {
        _jobId = jobId;
        _raw = raw;
        _output = Output(entries);
        _contents = [.. entries.Select(content)];
        _outputContent = _output is null ? null : _contents[IndexOf(entries, _output)];
        Files = [.. entries.Select((entry, i) => File(entry, _contents[i]))];
    }

    public IReadOnlyList<BulkResultFile> Files { get; }

    public static JobFiles Of(JobSnapshot finished, BulkFiles files)
    {
        var entries = BulkFileEntries.Read(finished);
        var links = new JobLinks(finished.JobId, entries, files);
        return new(finished.JobId, finished.Raw.ValueKind is System.Text.Json.JsonValueKind.Undefined ? null : BodyText.Cut(finished.Raw.GetRawText()), entries, entry => entry.HasLink
            ? new DownloadedContent(entry, links, files)
            : new PreviewContent(entry, finished.JobId));
    }

    /// <summary>A file on this machine as the output of a job that is over.</summary>
    public static JobFiles Of(string path)
    {
        var entry = new BulkFileEntry { FileName = Path.GetFileName(path), Link = path };
        return new(jobId: null, raw: null, [entry], _ => new LocalContent(path));
    }

    public async Task<RowReader> ReadOutputAsync(CancellationToken cancellationToken)
    {
        var stream = await OpenOutputAsync(cancellationToken).ConfigureAwait(false);
        return await RowReaders.OpenAsync(stream, new RowFile(_output!.FileName, _jobId), _outputContent!.Format, cancellationToken).ConfigureAwait(false);
    }

    public Task<Stream> OpenOutputAsync(CancellationToken cancellationToken) =>
        _outputContent?.OpenAsync(cancellationToken)
        ?? throw new InvalidResponseException($"Job {_jobId} has ended and names no file that could be read.") { JobId = _jobId, ResponseBody = _raw };

    /// <summary>Where the transfer itself could not tell the end of the file from a break, the count of rows has to.</summary>
    public async Task CheckWholeAsync(long rows, CancellationToken cancellationToken)
    {
        if (_outputContent is { IsEndCertain: false } && _output!.RowCount is { } due && rows < due)
        {
            await ForgetDoubtfulAsync(cancellationToken).ConfigureAwait(false);
            throw new InvalidResponseException(
                $"{_output.FileName} ends after {rows} rows where {due} are due: it came without a length, so it may have been cut off on the way. Read it again.")
            {
                JobId = _jobId,
            };
        }
    }

    /// <summary>What cannot be read, and may have been cut off, is fetched anew the next time.</summary>
    public Task ForgetDoubtfulAsync(CancellationToken cancellationToken) =>
        _outputContent is { IsEndCertain: false } doubtful ? doubtful.ForgetAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose()
    {
        foreach (var content in _contents)
        {
            content.Dispose();
        }
    }

    // The stage that ran last; of two with one number the one listed last.
    private static BulkFileEntry? Output(IReadOnlyList<BulkFileEntry> entries) =>
        entries.Where(entry => entry.HasLink || entry.HasPreview).Aggregate((BulkFileEntry?)null, (best, entry) =>
            best is null || (entry.BlockNumber ?? int.MinValue) >= (best.BlockNumber ?? int.MinValue) ? entry : best);

    private static int IndexOf(IReadOnlyList<BulkFileEntry> entries, BulkFileEntry entry)
    {
        var index = 0;
        while (!ReferenceEquals(entries[index], entry))
        {
            index++;
        }

        return index;
    }

    private BulkResultFile File(BulkFileEntry entry, BulkContent content) => new(content, entry.FileName)
    {
        IsOutput = ReferenceEquals(entry, _output),
        BlockNumber = entry.BlockNumber,
        RowCount = entry.RowCount,
        Message = entry.Message,
    };
}
