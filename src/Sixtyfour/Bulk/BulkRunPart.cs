namespace Sixtyfour.Bulk;

/// <summary>One finished job of a run, and the rows of the whole input that it was given.</summary>
/// <param name="Finished">How the job ended.</param>
/// <param name="FirstRow">The position of its first row in the whole input, from 0.</param>
/// <param name="RowCount">How many rows it was given.</param>
internal sealed record BulkRunPart(JobSnapshot Finished, long FirstRow, long RowCount);
