namespace Sixtyfour.Bulk;

/// <summary>Results out of finished bulk jobs. Nothing is sent before rows are read.</summary>
internal static class BulkResults
{
    /// <summary>The column that a run adds to its files: the position of the row in the whole input, from 0.</summary>
    public const string RowIdColumn = "row_id";

    /// <param name="finished">How the job ended.</param>
    /// <param name="files">Fetches the files.</param>
    /// <param name="asked">The JSON names that were asked for, where they are known: <see cref="BulkRow.IsEnriched"/> of untyped rows needs them.</param>
    internal static BulkResult Read(JobSnapshot finished, BulkFiles files, IReadOnlyList<string>? asked = null)
    {
        var job = JobFiles.Of(finished, files);
        return new BulkResult(finished.ChargeCents, job.Files, new JobRows(job), files.Contracts, asked);
    }

    /// <param name="parts">The jobs in input order.</param>
    /// <param name="files">Fetches the files.</param>
    /// <param name="asked">As for one job.</param>
    internal static BulkResult ReadRun(IReadOnlyList<BulkRunPart> parts, BulkFiles files, IReadOnlyList<string>? asked = null)
    {
        var jobs = parts.Select(part => new RunPart(JobFiles.Of(part.Finished, files), part.FirstRow, part.RowCount)).ToList();
        return new BulkResult(Sum(parts), [.. jobs.SelectMany(part => part.Job.Files)], new RunRows(jobs), files.Contracts, asked);
    }

    // A sum that leaves a job out would be no total.
    private static decimal? Sum(IReadOnlyList<BulkRunPart> parts) =>
        parts.All(part => part.Finished.ChargeCents is not null) ? parts.Sum(part => part.Finished.ChargeCents!.Value) : null;
}
