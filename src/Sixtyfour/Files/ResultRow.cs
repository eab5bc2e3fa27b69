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
    /// In a CSV file every value is a text, which <see cref="FieldValue"/> reads as what you ask for; an empty cell is missing. Where two columns have one
    /// name the last one counts, because the service puts what it found behind your own columns.
    /// </remarks>
    /// <param name="column">
    /// The name in the file; where there is a <c>T</c>, also the C# name. A name that differs only in case (<c>yearsExperience</c> for
    /// <c>years_experience</c>) is found too, when it is the only one.
    /// </param>
    public FieldValue this[string column] => ValueOf(column ?? "");

    /// <summary>The position of the row in the input, from 0.</summary>
    public long Index { get; init; }

    /// <summary>False: the service could find nothing and passed the row through as it was.</summary>
    /// <value>
    /// True when at least one column that was asked for has a value. Of a job that was looked up by its id it is not known what was asked: there the members
    /// of <c>T</c> count, and every untyped row is taken for enriched. Best ask for names that are none of your own columns.
    /// </value>
    public bool IsEnriched { get; init; }

    /// <summary>The names of the columns in the order of the file; a name that stands there twice is listed twice.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Names the position and the columns; never prints a value.</summary>
    public override string ToString() => $"Row {Index} with {string.Join(", ", Columns)}";

    /// <summary>The JSON name behind a C# name, and what it was asked as; the name itself where there is no <c>T</c>.</summary>
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
