using System.Text.Json;

namespace Sixtyfour;

/// <summary>A text as it is; a number or truth value in its JSON spelling.</summary>
internal sealed class TextShape(string expected) : ValueShape(expected)
{
    public override Fit Copy(JsonElement raw, RepairedJson to) =>
        raw.ValueKind is JsonValueKind.String ? to.Raw(raw)
        : TextReading.Read(raw) is { } text ? to.Text(text)
        : Fit.Unfit;
}
