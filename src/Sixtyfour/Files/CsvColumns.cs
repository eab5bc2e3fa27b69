using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>The columns of a CSV file by name. Of two columns of one name the last counts: the service puts what it found behind the caller's own columns.</summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, int>> _byFoldedName;

    public CsvColumns(IReadOnlyList<string> names)
    {
        Names = names;
        for (var i = 0; i < names.Count; i++)
        {
            _byName[names[i]] = i;
        }

        _byFoldedName = new(Folded);
    }

    public IReadOnlyList<string> Names { get; }

    public bool IsLastOfItsName(int column) => _byName[Names[column]] == column;

    /// <summary>The column of exactly that name; -1 when there is none.</summary>
    public int Find(string name) => _byName.TryGetValue(name, out var column) ? column : -1;

    /// <summary>The only column whose name differs from that one in nothing but case; -1 when there is none.</summary>
    public int FindDrifted(string name) => _byFoldedName.Value.TryGetValue(NameCase.Fold(name), out var column) ? column : -1;

    /// <summary>The same columns without one.</summary>
    public CsvColumns Without(int column) => new([.. Names.Where((_, i) => i != column)]);

    // -1 marks a form that two names share: neither is a safe guess.
    private Dictionary<string, int> Folded()
    {
        var folded = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in _byName)
        {
            var name = NameCase.Fold(column.Key);
            folded[name] = folded.ContainsKey(name) ? -1 : column.Value;
        }

        return folded;
    }
}
