using System.Globalization;
using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sixtyfour.Tests.Fields;

/// <summary>Nothing that is read depends on the culture of the machine.</summary>
public sealed class CultureTests
{
    // Made by hand, so that they are odd wherever the tests run: what they stand for is how Arabic, Persian, Swedish, Swiss, Thai and Turkish differ.
    public static TheoryData<string> Odd => ["arabic", "persian", "swedish", "swiss", "thai", "turkish"];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Every_casting_test_holds(string name) => Under(name, () =>
    {
        var tests = new CastingTests();
        foreach (var method in typeof(CastingTests).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            foreach (var inline in method.GetCustomAttributes<InlineDataAttribute>())
            {
                method.Invoke(tests, inline.Data);
            }

            if (method.GetParameters().Length is 0)
            {
                method.Invoke(tests, null);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Odd))]
    public void A_number_is_an_enums_only_where_it_has_a_name(string name) => Under(name, () =>
    {
        Cast<Depth?>("-1").Should().Be((Depth.Below, null));
        Cast<Depth?>("-2").Should().Be((null, FieldIssueKind.Unreadable));
        Cast<Depth?>("7").Should().Be((null, FieldIssueKind.Unreadable));
        Cast<Colors?>("3").Should().Be((Colors.Red | Colors.Green, null));
        Cast<Colors?>("8").Should().Be((null, FieldIssueKind.Unreadable));
        Cast<Colors?>("9").Should().Be((null, FieldIssueKind.Unreadable));
        Cast<Colors?>("-1").Should().Be((null, FieldIssueKind.Unreadable));
        Cast<Colors?>("0").Should().Be((Colors.None, null));
    });

    [Fact]
    public void Whatever_comes_reads_the_same_under_all_of_them()
    {
        string[] names = [.. Reading.Generated.For<Everything>().Properties.Select(property => property.Name)];
        Prop.ForAll(
            AnyJson.ObjectWith(names).ToArbitrary(),
            data =>
            {
                var expected = Summary(data);
                foreach (var name in Odd)
                {
                    Under(name.Data, () => Summary(data).Should().Be(expected, "{0} reads the same under {1}", data, name.Data));
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static string Summary(string data)
    {
        var found = Reading.Data<Everything>(data);
        var values = found.Data with { Raw = default, Node = null, NodeObject = null, NodeArray = null, Anything = null, Inner = null };
        return JsonSerializer.Serialize(values with { Raw = Reading.Json("null") }) + string.Join(";", found.Issues) + string.Join(";", found.Missing);
    }

    private static (T Value, FieldIssueKind? Issue) Cast<T>(string value)
    {
        var found = Reading.Data<Box<T>>($$"""{"value":{{value}}}""", Reading.Reflected);
        return (found.Data.Value, found.Issues.SingleOrDefault()?.Kind);
    }

    private static void Under(string name, Action read)
    {
        var (culture, userInterface) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture(name);
            read();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, userInterface);
        }
    }

    private static CultureInfo Culture(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (minus, plus, point, group) = name switch
        {
            "arabic" => ("\u061c-", "\u061c+", "\u066b", "\u066c"),
            "persian" => ("\u200e\u2212", "\u200e+", "/", "\u066c"),
            "swedish" => ("\u2212", "+", ",", "\u00a0"),
            "swiss" => ("-", "+", ".", "\u2019"),
            "thai" => ("minus ", "plus ", ".", ","),
            _ => ("-", "+", ",", "."),
        };
        (culture.NumberFormat.NegativeSign, culture.NumberFormat.PositiveSign) = (minus, plus);
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (point, group);
        (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator) = (".", ".");
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }

    private enum Depth
    {
        Below = -1,
        Ground = 0,
    }
}
