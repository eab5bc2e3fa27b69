namespace Sixtyfour;

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
