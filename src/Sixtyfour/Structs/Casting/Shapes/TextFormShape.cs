using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A text in one form: a date, a GUID, an address.</summary>
/// <param name="expected">The C# type in short.</param>
/// <param name="format">The form, as the description should say it.</param>
/// <param name="repair">The same text when it has the form; another one when what it means is clear; null when it is not.</param>
internal sealed class TextFormShape(string expected, string format, Func<string, string?> repair) : ValueShape(expected)
{
    public override string? Format => format;

    public override Fit Copy(JsonElement raw, RepairedJson to) =>
        !raw.TryGetText(out var text) || repair(text.Trim()) is not { } repaired ? Fit.Unfit
        : repaired == text ? to.Raw(raw)
        : to.Text(repaired);
}
