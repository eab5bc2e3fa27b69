using System.Text.Json;

namespace Sixtyfour;

/// <summary>One of the names of an enum, in whatever form the enum's own converter reads.</summary>
internal sealed class EnumShape(string expected, EnumNames names) : ValueShape(expected)
{
    public override string? Format => (names.AreFlags ? "any of, separated by commas: " : "one of: ") + string.Join(", ", names.Allowed);

    // The names are what was asked for, so a name in another case is the answer and no repair.
    public override Fit Copy(JsonElement raw, RepairedJson to) => names.TryRead(raw, out var value) ? to.Replace(value) : Fit.Unfit;
}
