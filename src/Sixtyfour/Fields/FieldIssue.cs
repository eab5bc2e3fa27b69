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

/// <summary>Why a member of a typed answer needs a look.</summary>
public enum FieldIssueKind
{
    /// <summary>Nothing came, and the member cannot be null: it has its default.</summary>
    Missing,

    /// <summary>The value came in another shape and was turned into the member's type.</summary>
    Repaired,

    /// <summary>
    /// The value cannot be read as the member's type without guessing: the member has its default, and the value is in <see cref="FieldIssue.Raw"/>.
    /// </summary>
    Unreadable,
}
