namespace Sixtyfour;

/// <summary>How far a run has come.</summary>
/// <param name="FilesSubmitted">How many files have a job, those of an earlier process included.</param>
/// <param name="FilesDone">How many of these jobs have ended.</param>
/// <param name="Rows">How many rows there are; of a sequence or a stream that can be read only once, how many have been read so far.</param>
/// <param name="RowsDone">How many rows are in files that are done.</param>
/// <param name="ChargedCents">What was charged for these, in US cents, as far as the service said so.</param>
public sealed record BulkProgress(int FilesSubmitted, int FilesDone, long Rows, long RowsDone, decimal ChargedCents);
