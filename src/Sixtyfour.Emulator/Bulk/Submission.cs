namespace Sixtyfour.Emulator.Bulk;

/// <summary>Rows that were accepted, and what is to happen to them.</summary>
/// <param name="Pipeline">The blocks they go through.</param>
/// <param name="Rows">The rows; they were read once.</param>
/// <param name="RowCount">How many they are.</param>
/// <param name="Formats">In which formats each block leaves its file.</param>
internal sealed record Submission(Pipeline Pipeline, RowFile Rows, int RowCount, IReadOnlyList<string> Formats)
{
    /// <summary>The columns that go on from the first block; null for all of them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What a row costs, in cents.</summary>
    public decimal RowPriceCents { get; init; }

    /// <summary>Where the end of the job is reported.</summary>
    public Uri? WebhookUrl { get; init; }
}
