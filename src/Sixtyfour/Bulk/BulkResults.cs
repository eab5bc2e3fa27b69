using Sixtyfour.Files;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>Results of finished bulk jobs. Nothing is sent before rows are read.</summary>
internal static class BulkResults
{
    /// <summary>Downloads the files of jobs, and gets fresh links to them.</summary>
    public static FileDownloads Downloads(Transport transport, JobStatusCalls calls, JsonContracts contracts, SixtyfourClientOptions options) =>
        new(
            transport,
            async (jobId, token) => (await calls.GetAsync(jobId, elapsed: null, options: null, token).ConfigureAwait(false)).Raw,
            contracts,
            options);

    /// <param name="finished">How the job ended.</param>
    /// <param name="files">Downloads the files.</param>
    /// <param name="asked">The JSON names that were asked for, where they are known: <see cref="ResultRow.IsEnriched"/> of untyped rows needs them.</param>
    /// <param name="rows">How many rows the job was given, where that is known.</param>
    internal static BulkResult Read(JobSnapshot finished, FileDownloads files, IReadOnlyList<string>? asked = null, long? rows = null)
    {
        var job = JobFiles.Of(finished, files, rows);
        return new BulkResult(finished.ChargeCents, job.Files, new JobRows(job), files.Contracts, asked);
    }

    /// <param name="parts">The jobs in input order.</param>
    /// <param name="files">Downloads the files.</param>
    /// <param name="asked">As for one job.</param>
    internal static BulkResult ReadRun(IReadOnlyList<BulkRunPart> parts, FileDownloads files, IReadOnlyList<string>? asked = null)
    {
        var jobs = parts.Select(part => new RunPart(JobFiles.Of(part.Finished, files, part.RowCount), part.FirstRow, part.RowCount)).ToList();
        return new BulkResult(Sum(parts), [.. jobs.SelectMany(part => part.Job.Files)], new RunRows(jobs), files.Contracts, asked);
    }

    // A sum without one of the jobs would not be the total.
    private static decimal? Sum(IReadOnlyList<BulkRunPart> parts) =>
        parts.All(part => part.Finished.ChargeCents is not null) ? parts.Sum(part => part.Finished.ChargeCents!.Value) : null;
}

/// <summary>One finished job of a run, and the rows of the whole input that it was given.</summary>
/// <param name="Finished">How the job ended.</param>
/// <param name="FirstRow">The position of its first row in the whole input, from 0.</param>
/// <param name="RowCount">How many rows it was given.</param>
internal sealed record BulkRunPart(JobSnapshot Finished, long FirstRow, long RowCount);
