using System.Text.Json;

namespace Sixtyfour;

/// <summary>A member of a typed answer that needs a look.</summary>
/// <param name="Name">
/// The member's JSON name; inside lists and objects a path such as <c>contacts[0].age</c>, where entries of a dictionary are counted like items of a
/// list. Empty when the type as a whole could not be made.
/// </param>
/// <param name="Kind">What is the matter.</param>
/// <param name="Expected">The C# type that was wanted.</param>
/// <param name="Raw">What came, untouched; <see cref="JsonValueKind.Undefined"/> when nothing came at all.</param>
public sealed record FieldIssue(string Name, FieldIssueKind Kind, string Expected, JsonElement Raw)
{
    /// <summary>Says which member, what, and the type wanted; never the value.</summary>
    public override string ToString() => $"{Name}: {Kind}, wanted {Expected}";
}
