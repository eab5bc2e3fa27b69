using System.Text.Json;

namespace Sixtyfour;

/// <summary>A member of a typed answer that you should check.</summary>
public sealed class FieldIssue
{
    /// <summary>
    /// The member's JSON name; inside lists and objects a path such as <c>contacts[0].age</c>, where entries of a dictionary are counted like items of a
    /// list. Empty when the type as a whole could not be made.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public FieldIssueKind Kind { get; init; }

    /// <summary>The C# type that was wanted.</summary>
    public string Expected { get; init; } = "";

    /// <summary>What came, untouched.</summary>
    /// <value><see cref="JsonValueKind.Undefined"/> when nothing came at all.</value>
    public JsonElement Raw { get; init; }

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
