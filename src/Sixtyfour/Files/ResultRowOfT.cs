using Sixtyfour.Fields;
using Sixtyfour.Files;

namespace Sixtyfour;

/// <summary>A row of a bulk result, read as your own type.</summary>
/// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
public sealed class ResultRow<T> : ResultRow
{
    private readonly TypePlan? _plan;

    /// <summary>Makes a row, for tests say; the rest is filled by an initializer.</summary>
    /// <param name="data">What was found.</param>
    public ResultRow(T data) => Data = data;

    internal ResultRow(T data, RowValues values, TypePlan plan)
        : base(values)
    {
        Data = data;
        _plan = plan;
    }

    /// <summary>What was found. A member that was not found is null, or has its default where null is not allowed.</summary>
    /// <value>
    /// The type's own default, which is null for a class, only when a constructor or setter of the type refuses what came; <see cref="Issues"/> then holds one
    /// of an empty name.
    /// </value>
    public T Data { get; }

    /// <summary>
    /// What needs a look: values that were repaired, values that cannot be read as their C# type, and values that did not come where the member cannot be
    /// null. Empty when everything fitted. A number, a truth value or a list written as such in a CSV cell fits: there is no other way to write it there.
    /// </summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    private protected override PlannedMember? MemberOf(string name) => _plan?.Find(name);
}
