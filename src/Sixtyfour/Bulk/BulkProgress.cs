namespace Sixtyfour;

/// <summary>The progress of a bulk run.</summary>
public sealed class BulkProgress
{
    /// <summary>How many files have a job, including those of an earlier process.</summary>
    public int FilesSubmitted { get; init; }

    /// <summary>How many of these jobs have ended.</summary>
    public int FilesDone { get; init; }

    /// <summary>How many rows there are; for a sequence or a stream that can be read only once, how many have been read so far.</summary>
    public long Rows { get; init; }

    /// <summary>How many rows are in files that are done, plus those of the others that the service reports as processed.</summary>
    public long RowsDone { get; init; }

    /// <summary>The known charges of the files that are done, in US cents.</summary>
    public decimal ChargedCents { get; init; }

    /// <summary>
    /// What the service expects to charge for the files that have a job, in US cents: a floor, since options such as <c>find_people</c> can bill more (vendor's
    /// bulk page).
    /// </summary>
    /// <value><see langword="null"/> until the service has estimated one of them. It does so once, in the answer that starts a job.</value>
    public decimal? EstimatedCostCents { get; init; }

    /// <summary>Names files and rows.</summary>
    public override string ToString() => FormattableString.Invariant($"{RowsDone:N0} of {Rows:N0} rows, {FilesDone:N0} of {FilesSubmitted:N0} files");
}
