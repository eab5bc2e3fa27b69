namespace Sixtyfour.Emulator.Search;

/// <summary>The lists of ids that searches can leave out.</summary>
internal sealed class ExclusionLists
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ExclusionList> _lists = new(StringComparer.Ordinal);

    /// <summary>An id without what may stand around it: of an address its last part, of others the text itself.</summary>
    public static string Normalized(string id) =>
        Uri.TryCreate(id, UriKind.Absolute, out var address) && address.AbsolutePath.Trim('/') is { Length: > 0 } path ? path.Split('/')[^1] : id.Trim();

    public IReadOnlyList<ExclusionList> All()
    {
        lock (_gate)
        {
            return [.. _lists.Values];
        }
    }

    public ExclusionList? Find(string id)
    {
        lock (_gate)
        {
            return _lists.GetValueOrDefault(id);
        }
    }

    public void Add(ExclusionList list)
    {
        lock (_gate)
        {
            _lists[list.Job.Id] = list;
        }
    }

    public bool Remove(string id)
    {
        lock (_gate)
        {
            return _lists.Remove(id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _lists.Clear();
        }
    }
}

/// <summary>A list.</summary>
/// <param name="Job">What builds it; the list has its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="EntityType"><c>person</c> or <c>company</c>.</param>
/// <param name="SourceType">Where its members come from.</param>
/// <param name="Members">The ids, each once.</param>
internal sealed record ExclusionList(EmulatorJob Job, string Name, string EntityType, string SourceType, IReadOnlyList<string> Members)
{
    public bool IsReady => Job.Status.IsSuccess;
}
