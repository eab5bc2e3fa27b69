namespace Sixtyfour;

/// <summary>How far a run has come.</summary>
/// <param name="FilesSubmitted">How many files have a job, those of an earlier process included.</param>
/// <param name="FilesDone">How many of these jobs have ended.</param>
/// <param name="Rows">How many rows there are; of a sequence or a stream that can be read only once, how many have been read so far.</param>
/// <param name="RowsDone">How many rows are in files that are done, and how many of the others the service says it has worked on.</param>
/// <param name="ChargedCents">What was charged for the files that are done, in US cents, as far as the service said so.</param>
public sealed record BulkProgress(int FilesSubmitted, int FilesDone, long Rows, long RowsDone, decimal ChargedCents)
{
    /// <summary>What the service expects to charge for the files that have a job, in US cents: a floor, since options such as <c>find_people</c> can bill more (vendor's bulk page).</summary>
    /// <value><see langword="null"/> as long as it has said so for none of them. It says so once, in the answer that starts a job.</value>
    public decimal? EstimatedCents { get; init; }
}
