using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Sixtyfour.Tests.Fields;

/// <summary>Generates an <see cref="Everything"/> in which each member holds something, since nothing reads as nothing.</summary>
internal static class EverythingGenerator
{
    public static Gen<Everything> Full { get; } = Gen.Choose(int.MinValue, int.MaxValue).Select(seed => Make(new Random(seed), nested: true));

    private static Everything Make(Random random, bool nested) => new()
    {
        Text = Text(random),
        Letter = (char)random.Next('a', 'z'),
        Flag = random.Next(2) == 0,
        Tiny = (sbyte)random.Next(sbyte.MinValue, sbyte.MaxValue + 1),
        Small = (byte)random.Next(256),
        Short = (short)random.Next(short.MinValue, short.MaxValue + 1),
        UShort = (ushort)random.Next(ushort.MaxValue + 1),
        Int = Pick(random, int.MinValue, int.MaxValue, 0, random.Next()),
        UInt = Pick(random, uint.MinValue, uint.MaxValue, (uint)random.Next()),
        Long = Pick(random, long.MinValue, long.MaxValue, random.NextInt64()),
        ULong = Pick(random, ulong.MinValue, ulong.MaxValue, (ulong)random.NextInt64()),
        Huge = Pick(random, Int128.MinValue, Int128.MaxValue, random.NextInt64()),
        UHuge = Pick(random, UInt128.MinValue, UInt128.MaxValue, (UInt128)random.NextInt64()),
        Half = Pick(random, Half.MinValue, Half.MaxValue, Half.Epsilon, (Half)random.NextDouble()),
        Single = Pick(random, float.MinValue, float.MaxValue, float.Epsilon, random.NextSingle()),
        Double = Pick(random, double.MinValue, double.MaxValue, double.Epsilon, -0.0, random.NextDouble()),
        Decimal = Pick(random, decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m, (decimal)random.NextDouble()),
        MaybeInt = random.Next(),
        Date = Pick(random, DateOnly.MinValue, DateOnly.MaxValue, DateOnly.FromDayNumber(random.Next(3_000_000))),
        Time = new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)),
        Moment = new DateTime(
            random.NextInt64(TimeSpan.TicksPerDay * 4, TimeSpan.TicksPerDay * 3_000_000), Pick(random, DateTimeKind.Utc, DateTimeKind.Unspecified)),
        Instant = new DateTimeOffset(
            random.NextInt64(TimeSpan.TicksPerDay * 4, TimeSpan.TicksPerDay * 3_000_000), TimeSpan.FromMinutes(random.Next(-840, 841))),
        Id = new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]),
        Address = new Uri(Pick(random, "https://example.com/team?of=a%20b", "http://127.0.0.1:8080/",
            "https://user@example.com:99/a,b", "https://[::1]/", "mailto:nadia@example.com")),
        Level = Pick(random, Enum.GetValues<Seniority>()),
        Colors = Pick(random, Colors.None, Colors.Red, Colors.Red | Colors.Blue, Colors.Red | Colors.Green | Colors.Blue),
        Texts = [.. Many(random, Text)],
        Numbers = [.. Many(random, r => r.Next())],
        Floats = [.. Many(random, r => r.NextDouble())],
        Flags = [.. Many(random, r => r.Next(2) == 0)],
        MaybeInts = [.. Many(random, r => r.Next(2) == 0 ? (int?)null : r.Next())],
        Dates = [.. Many(random, r => DateOnly.FromDayNumber(r.Next(3_000_000)))],
        Grid = [.. Many(random, r => Many(r, inner => inner.Next()))],
        Counts = Many(random, r => r.Next()).Select((value, i) => (value, i)).ToDictionary(pair => Text(random) + pair.i, pair => pair.value),
        Groups = Many(random, r => Many(r, Text)).Select((value, i) => (value, i)).ToDictionary(pair => Text(random) + pair.i, pair => pair.value),
        Contact = Contact(random),
        Contacts = [.. Many(random, Contact)],
        Inner = nested ? Make(random, nested: false) : null,
        Raw = JsonSerializer.SerializeToElement(Text(random)),
        Node = JsonValue.Create(random.Next()),
        NodeObject = new JsonObject { [Text(random)] = random.Next() },
        NodeArray = [random.Next(), Text(random), null],
        Anything = JsonSerializer.SerializeToElement(random.Next()),
    };

    private static string Text(Random random) =>
        Pick(random, "VP, Engineering", "41", "yes", "[]", "{\"a\":1}", "null", " x", "\u00e9\ud83d\ude00\"\\\u0001", "2024-05", "about 40") + random.Next(100);

    private static Contact Contact(Random random) => new(Text(random), random.Next(2) == 0 ? null : random.Next());

    private static List<T> Many<T>(Random random, Func<Random, T> make) => Enumerable.Range(0, random.Next(1, 5)).Select(_ => make(random)).ToList();

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
