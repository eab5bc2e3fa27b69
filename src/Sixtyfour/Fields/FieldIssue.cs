using System.Text.Json;

namespace Sixtyfour;

/// <summary>A member of a typed answer that you should check.</summary>
public sealed class FieldIssue
{
    /// <summary>
    /// The member's JSON name; inside lists and objects a path such as <c>contacts[0].age</c>, where the entries of a dictionary are numbered like the items
    /// of a list. Empty when the type as a whole could not be created.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public FieldIssueKind Kind { get; init; }

    /// <summary>The expected C# type.</summary>
    public string Expected { get; init; } = "";

    /// <summary>The value exactly as sent.</summary>
    /// <value><see cref="JsonValueKind.Undefined"/> when the answer has no such member.</value>
    public JsonElement Raw { get; init; }

    /// <summary>Names the member, the problem and the expected type; never the value.</summary>
    public override string ToString() => $"{Name}: {Kind}, wanted {Expected}";
}

/// <summary>Why you should check a member of a typed answer.</summary>
public enum FieldIssueKind
{
    /// <summary>The value is missing, and the member cannot be null: it has its default.</summary>
    Missing,

    /// <summary>The value came in another form and was converted to the member's type.</summary>
    Repaired,

    /// <summary>
    /// The value cannot be read as the member's type without guessing: the member has its default, and the value is in <see cref="FieldIssue.Raw"/>.
    /// </summary>
    Unreadable,
}
