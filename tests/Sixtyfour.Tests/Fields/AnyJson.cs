using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sixtyfour.Tests.Fields;

/// <summary>Generates JSON of every kind, and most of all the kind an agent or a careless cast leaves behind.</summary>
internal static class AnyJson
{
    private static readonly string[] s_literals =
    [
        "null", "true", "false", "0", "-0", "1", "41", "-7", "255", "256", "9.0", "9.5", "1e2", "1E-2", "1e400", "-1e400", "1e999999999999", "0.1", "1e-400",
        "2147483648", "9223372036854775808", "18446744073709551616", "79228162514264337593543950336", "340282366920938463463374607431768211456",
        "[]", "{}", "[[]]", "[{}]", "[null]", "[null,1,\"\"]", "{\"\":1}", "{\"a\":null}", "{\"a\":1,\"a\":2}", "{\"A\":1,\"a\":2}",
    ];

    private static readonly string[] s_texts =
    [
        "", " ", "\t\n", "\u00a0", "41", "1,234", "12,34", "0,5", ".5", "5.", "+5", "-", "1e5", "1e999", "1e", "NaN", "Infinity", "~40", "about 40", "30-40",
        "$5", "9.0",
        "yes", "NO", "True", "none", "null", "None", "2024-05-17", "2024-05", "2024-05-17T10:30:00", "2024-05-17T10:30:00+02:00", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.9999999-14:00", "2024-05-17 10:30", "10:30", "24:00:00", "https://example.com", "https://a.example.com,https://b.example.com",
        "example.com", "mailto:nadia@example.com", "://", "a://b", "http://[::1", "Senior", "vice_president", "99", "Red, Green", "Red,,Green", ",", "x", "xy",
        "0f8fad5b-d9cb-469f-a165-70867728950e", "[]", "{}", "[", "]", "[]]", "['A', 'B']", "['A", "['\\", "['\\x", "['\\xZZ']", "['\\u12']", "[1, 2, [3]]",
        "[A, B]", "(1, 2)",
        "{'a': 1}", "{\"a\": {\"b\": [1, \"2\"]}}", "{\"inner\": {\"inner\": {}}}", "a, b, c", "1, 2, 3", "1,2,3", "[True, None]", "\ud83d\ude00", "\u0000",
        "'", "\\",
    ];

    // Escapes that make no valid Unicode: the parser lets them through and reading the text throws.
    private static readonly string[] s_brokenTexts = [
        "\"\\ud800\"", "\"\\udc00x\"", "\"a\\ud800b\"", "[\"\\ud800\"]", "{\"\\ud800\": 1}", "{\"a\": \"\\ud800\"}"];

    public static Gen<string> Value { get; } = Gen.Sized(size => ValueOf(Math.Min(size, 40)));

    public static Gen<string> ObjectWith(IReadOnlyCollection<string> names) =>
        Gen.ListOf(Member(Gen.OneOf(Gen.Elements(names.ToArray()), Gen.Elements(names.ToArray()).Select(Drifted), Text)))
            .Select(members => "{" + string.Join(",", members) + "}");

    private static Gen<string> Text { get; } = Gen.OneOf(Gen.Elements(s_texts), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    private static Gen<string> Scalar { get; } = Gen.Frequency(
        (3, Gen.Elements(s_literals)),
        (4, Text.Select(Quoted)),
        (1, Gen.Elements(s_brokenTexts)),
        (1, ArbMap.Default.GeneratorFor<int>().Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (1, ArbMap.Default.GeneratorFor<decimal>().Select(number => number.ToString(CultureInfo.InvariantCulture))));

    private static Gen<string> ValueOf(int size) => size <= 0
        ? Scalar
        : Gen.Frequency(
            (5, Scalar),
            (1, Nested(size).Select(Quoted)),
            (1, Gen.Choose(1, 30).SelectMany(depth => Scalar.Select(value => Deep(depth, value)))),
            (2, Gen.ListOf(Nested(size)).Select(items => "[" + string.Join(",", items) + "]")),
            (2, Gen.ListOf(Member(Text, size)).Select(members => "{" + string.Join(",", members) + "}")));

    // Gen.Sized anew, so that the inner list gets shorter too.
    private static Gen<string> Nested(int size) => ValueOf(size / 4).Resize(size / 4);

    private static Gen<string> Member(Gen<string> name, int? size = null) =>
        name.SelectMany(text => (size is { } given ? Nested(given) : Value).Select(value => $"{Quoted(text)}:{value}"));

    private static string Deep(int depth, string value) =>
        new StringBuilder().Insert(0, "{\"inner\":", depth).Append(value).Append('}', depth).ToString();

    private static string Drifted(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
