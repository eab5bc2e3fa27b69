using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sixtyfour.Tests.Fields;

/// <summary>A member of every C# type that can be asked for.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Each member is named for its type.")]
public sealed record Everything
{
    public string? Text { get; set; }

    public char? Letter { get; set; }

    public bool Flag { get; set; }

    public sbyte Tiny { get; set; }

    public byte Small { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public int Int { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public Int128 Huge { get; set; }

    public UInt128 UHuge { get; set; }

    public Half Half { get; set; }

    public float Single { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public int? MaybeInt { get; set; }

    public DateOnly Date { get; set; }

    public TimeOnly Time { get; set; }

    public DateTime Moment { get; set; }

    public DateTimeOffset Instant { get; set; }

    public Guid Id { get; set; }

    public Uri? Address { get; set; }

    public Seniority Level { get; set; }

    public Colors Colors { get; set; }

    public List<string> Texts { get; set; } = [];

    public int[] Numbers { get; set; } = [];

    public HashSet<double> Floats { get; set; } = [];

    public IReadOnlyList<bool>? Flags { get; set; }

    public List<int?> MaybeInts { get; set; } = [];

    public List<DateOnly> Dates { get; set; } = [];

    public List<List<int>> Grid { get; set; } = [];

    public Dictionary<string, int> Counts { get; set; } = [];

    public Dictionary<string, List<string>> Groups { get; set; } = [];

    public Contact? Contact { get; set; }

    public List<Contact> Contacts { get; set; } = [];

    public Everything? Inner { get; set; }

    public JsonElement Raw { get; set; }

    public JsonNode? Node { get; set; }

    public JsonObject? NodeObject { get; set; }

    public JsonArray? NodeArray { get; set; }

    public object? Anything { get; set; }
}

[Flags]
public enum Colors
{
    None = 0,
    Red = 1,
    Green = 2,
    Blue = 4,
}
