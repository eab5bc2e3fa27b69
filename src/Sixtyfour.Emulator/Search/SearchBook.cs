using System.Globalization;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Search;

/// <summary>The searches that were made, and where the reading of each has come to.</summary>
internal sealed class SearchBook(TimeProvider clock, int seed)
{
    public static readonly TimeSpan CursorLifetime = TimeSpan.FromMinutes(15);

    private readonly object _gate = new();
    private readonly Dictionary<string, SearchDefinition> _searches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SearchPlace Place, DateTimeOffset Ends)> _cursors = new(StringComparer.Ordinal);
    private int _given;

    public string NewId(string of)
    {
        lock (_gate)
        {
            return Dice.Guid(seed, of, (++_given).ToString(CultureInfo.InvariantCulture)).ToString();
        }
    }

    public void Remember(SearchDefinition search)
    {
        lock (_gate)
        {
            // Its exclusions do not belong to it: they are named again with each use.
            _searches[search.Id] = search with { Excluded = new HashSet<string>() };
        }
    }

    public SearchDefinition? Find(string id)
    {
        lock (_gate)
        {
            return _searches.GetValueOrDefault(id);
        }
    }

    public string CursorFor(SearchPlace place)
    {
        var cursor = NewId("cursor");
        lock (_gate)
        {
            _cursors[cursor] = (place, clock.GetUtcNow() + CursorLifetime);
        }

        return cursor;
    }

    /// <summary>Where a cursor points to; null when it is unknown or too old. It can be used again.</summary>
    public SearchPlace? At(string cursor)
    {
        lock (_gate)
        {
            return _cursors.TryGetValue(cursor, out var known) && clock.GetUtcNow() < known.Ends ? known.Place : null;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _searches.Clear();
            _cursors.Clear();
        }
    }
}

/// <summary>A place in the results of a search.</summary>
/// <param name="Search">The search.</param>
/// <param name="Rows">How many rows were given out before.</param>
/// <param name="Page">The number of the page that begins here, from 1.</param>
internal sealed record SearchPlace(SearchDefinition Search, int Rows, int Page);
