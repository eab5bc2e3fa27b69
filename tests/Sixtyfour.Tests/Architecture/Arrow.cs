namespace Sixtyfour.Tests.Architecture;

/// <summary>One room uses another.</summary>
/// <param name="Example">One of the places: from type.member to type.</param>
internal sealed record Arrow(string From, string To, string Example)
{
    public string Name => $"{From} → {To}";

    public override string ToString() => $"{Name}, such as {Example}";
}

/// <summary>Rooms from the top to the bottom; an arrow may only go down. Rooms without an arrow upwards have no cycle either.</summary>
internal sealed class RoomOrder(params string[] rooms)
{
    public IReadOnlyList<string> Rooms => rooms;

    /// <summary>The arrows that go up, and those of rooms that have no place.</summary>
    public IEnumerable<Arrow> Against(IEnumerable<Arrow> arrows) =>
        arrows.Where(arrow => Array.IndexOf(rooms, arrow.From) is var from && (from < 0 || Array.IndexOf(rooms, arrow.To) <= from));

    /// <summary>Rooms from which a way leads back to themselves, in groups.</summary>
    public static IEnumerable<IReadOnlyList<string>> Cycles(IReadOnlyCollection<Arrow> arrows)
    {
        var reached = arrows.Select(arrow => arrow.From).Distinct().ToDictionary(room => room, room => Reach(room, arrows));
        return reached.Where(room => room.Value.Contains(room.Key))
            .Select(room => string.Join(
                ", ", room.Value.Where(other => reached.TryGetValue(other, out var back) && back.Contains(room.Key)).Order(StringComparer.Ordinal)))
            .Distinct()
            .Select(group => group.Split(", "));
    }

    private static HashSet<string> Reach(string room, IReadOnlyCollection<Arrow> arrows)
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>([room]);
        while (next.TryDequeue(out var from))
        {
            foreach (var arrow in arrows.Where(arrow => arrow.From == from && reached.Add(arrow.To)))
            {
                next.Enqueue(arrow.To);
            }
        }

        return reached;
    }
}
