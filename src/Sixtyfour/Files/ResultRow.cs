using System.Diagnostics;
using Sixtyfour.Fields;
using Sixtyfour.Files;

namespace Sixtyfour;

/// <summary>A row of a bulk result: your own columns and what was found.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public class ResultRow
{
    private readonly RowValues? _values;

    /// <summary>Makes an empty row, to be filled by an initializer.</summary>
    public ResultRow()
    {
    }

    internal ResultRow(RowValues values)
    {
        _values = values;
        Columns = values.Columns;
    }

    /// <summary>The value in that column, your own ones included. Never throws: without such a column the value is missing.</summary>
    /// <remarks>
    /// In a CSV file every value is a text, which <see cref="FieldValue"/> reads as what you ask for; an empty cell is missing. Where two columns have the same
    /// name the last one counts, because the service puts its values after your own columns.
    /// </remarks>
    /// <param name="column">
    /// The name in the file; where there is a <c>T</c>, also the C# name. A name that differs only in case (<c>yearsExperience</c> for
    /// <c>years_experience</c>) is found too, if it is the only one.
    /// </param>
    public FieldValue this[string column] => ValueOf(column ?? "");

    /// <summary>The position of the row in the input, from 0.</summary>
    public long Index { get; init; }

    /// <summary>Whether the service found anything; otherwise it passed the row through as it was.</summary>
    /// <value>
    /// True when at least one column that was asked for has a value. For a job that you resumed by its id the fields are not known: there the members of
    /// <c>T</c> count, and every untyped row counts as enriched. Use field names that differ from your own columns.
    /// </value>
    public bool IsEnriched { get; init; }

    /// <summary>The names of the columns in the order of the file; a name that occurs twice is listed twice.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Names the position and the columns; never prints a value.</summary>
    public override string ToString() => $"Row {Index} with {string.Join(", ", Columns)}";

    /// <summary>The member with that C# or JSON name; null where there is no <c>T</c>.</summary>
    private protected virtual PlannedMember? MemberOf(string name) => null;

    private FieldValue ValueOf(string column)
    {
        if (_values is null)
        {
            return new FieldValue(column, default);
        }

        var planned = MemberOf(column);
        if (!_values.TryFind(column, out var found) && (planned is null || !_values.TryFind(planned.JsonName, out found)))
        {
            return new FieldValue(planned?.JsonName ?? column, default);
        }

        planned ??= MemberOf(found.Name);
        return new FieldValue(
            found.Name, found.Value, isAskedAsList: planned?.Shape is ListShape, isAskedAsDict: planned?.Shape is DictionaryShape or ObjectShape);
    }
}

/// <summary>A row of a bulk result, read as your own type.</summary>
/// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
public sealed class ResultRow<T> : ResultRow
{
    private readonly TypePlan? _plan;

    /// <summary>Makes a row, for example for a test; an initializer fills the rest.</summary>
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
    /// The type's own default, which is null for a class, only when a constructor or setter of the type refuses the values; <see cref="Issues"/> then has an
    /// entry with an empty name.
    /// </value>
    public T Data { get; }

    /// <summary>
    /// What you should check: values that were repaired, values that cannot be read as their C# type, and missing values of members that cannot be null. Empty
    /// when everything fitted. A number, a Boolean or a list written as such in a CSV cell fits: CSV has no other way to write it.
    /// </summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    private protected override PlannedMember? MemberOf(string name) => _plan?.Find(name);
}
