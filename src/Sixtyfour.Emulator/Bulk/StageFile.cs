using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>What a stage has made.</summary>
/// <param name="Stage">Its number, from 1.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="MediaType">What it holds.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Preview">The rows once more, when they are few.</param>
internal sealed record StageFile(int Stage, string Name, string MediaType, SpooledFile Content, JsonArray? Preview);
