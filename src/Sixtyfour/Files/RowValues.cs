using System.Text.Json;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>The values of one row, read when somebody asks for them.</summary>
internal abstract class RowValues
{
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Finds a value by its name, also by one whose case drifted.</summary>
    public abstract bool TryFind(string column, out FoundMember found);

    /// <summary>Whether one of these columns has a value.</summary>
    public bool HasAny(IReadOnlyList<string> columns) => columns.Any(name => TryFind(name, out var found) && !new FieldValue(name, found.Value).IsMissing);

    /// <summary>The row as the JSON object that the casting of answers reads.</summary>
    /// <param name="plan">What it is to be read as.</param>
    public abstract JsonElement ToJson(TypePlan plan);
}
