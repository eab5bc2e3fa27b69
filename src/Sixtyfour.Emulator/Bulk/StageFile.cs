using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>What a block has made.</summary>
/// <param name="Stage">The number of the block, from 1.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="RowCount">How many rows are in it.</param>
/// <param name="Preview">The rows once more, when they are few.</param>
internal sealed record StageFile(int Stage, string Name, string Format, SpooledFile Content, int RowCount, JsonArray? Preview)
{
    public string MediaType => ResultFormats.MediaTypeOf(Format);
}
