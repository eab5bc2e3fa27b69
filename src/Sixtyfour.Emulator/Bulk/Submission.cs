using Sixtyfour.Emulator.Enrichment;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>A valid submission.</summary>
/// <param name="Settings">What is asked about each row.</param>
/// <param name="FileName">The name of the file.</param>
/// <param name="Rows">The rows; they were read once.</param>
/// <param name="RowCount">How many they are.</param>
internal sealed record Submission(ResearchSettings Settings, string FileName, RowFile Rows, int RowCount);
