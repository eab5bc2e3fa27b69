using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Sixtyfour.Tests.Fields;

/// <summary>A text is a list only where it can be cut in one way.</summary>
public sealed class GuessTests
{
    [Theory]
    [InlineData("0,5")]
    [InlineData("1,5, 2,5")]
    [InlineData("1,2,3")]
    [InlineData("1\u2009234,5")]
    [InlineData("1\u202f234, 5\u202f678")]
    [InlineData("1\u00a0234,\u00a05")]
    [InlineData("1.234,56")]
    [InlineData("1.234.567, 2.345.678")]
    [InlineData("1,234, 5,678")]
    [InlineData("1'234, 5'678")]
    [InlineData("1,5; 2,5")]
    [InlineData("1 | 2")]
    [InlineData("1\n2")]
    [InlineData("May 17, 2024")]
    [InlineData("17 May, 2024")]
    [InlineData("05, 06, 2024")]
    [InlineData("12 Main Street, 94103")]
    [InlineData("Springfield, IL, 62704")]
    [InlineData("about 40, 50")]
    [InlineData("[about 40, 50]")]
    [InlineData("40, 50 and 60")]
    [InlineData("2024-05-17")]
    [InlineData("+1 555, 123")]
    public void Numbers_are_not_cut_out_of_something_else(string text)
    {
        IsUnreadable<int[]>(text);
        IsUnreadable<List<int?>>(text);
        IsUnreadable<HashSet<int>>(text);
        AsStrings(text)?.Where(item => Number(item) is not null).Should().BeEmpty("no number is cut out of {0}", text);
    }

    [Theory]
    [InlineData("Acme, Inc., Beta")]
    [InlineData("Beta, Acme, LLC")]
    [InlineData("Nadia Okafor, PhD")]
    [InlineData("Okafor, Nadia; Smith, John")]
    [InlineData("Acme,Inc, Beta")]
    [InlineData("1,200 employees, 3 offices")]
    [InlineData("May 17, 2024")]
    [InlineData("Python (Django, Flask), Go")]
    [InlineData("Python, Go, and Rust")]
    [InlineData("Python, Go and Rust")]
    [InlineData("Python, Go, etc.")]
    [InlineData("Python\nGo, Rust")]
    [InlineData("Python | Go")]
    [InlineData("[Acme, Inc., Beta]")]
    [InlineData("Springfield, 62704")]
    public void Names_with_commas_inside_are_not_cut(string text)
    {
        IsUnreadable<List<string>>(text);
        AsStrings(text).Should().BeNull();
    }

    [Theory]
    [InlineData("Python, Go, C#", "Python|Go|C#")]
    [InlineData("Python,Go,C#", "Python|Go|C#")]
    [InlineData("Python; Go; C#", "Python|Go|C#")]
    [InlineData("Python (language), Go", "Python (language)|Go")]
    [InlineData("CA, CO, MD", "CA|CO|MD")]
    [InlineData("R&D, Sales & Marketing", "R&D|Sales & Marketing")]
    [InlineData("2019, 2020", "2019|2020")]
    [InlineData("3D printing, CAD", "3D printing|CAD")]
    [InlineData("Research and Development", "Research and Development")]
    public void Where_each_separator_is_certain_a_text_is_a_list(string text, string items)
    {
        Reading.Cast<List<string>>(Quoted(text)).Value.Should().Equal(items.Split('|'));
        AsStrings(text).Should().Equal(items.Split('|'));
    }

    [Theory]
    [InlineData("1, 2, 3")]
    [InlineData("1; 2; 3")]
    public void Numbers_with_certain_separators_are_a_list(string text) => Reading.Cast<int[]>(Quoted(text)).Value.Should().Equal(1, 2, 3);

    [Fact]
    public void A_list_of_truth_values_or_days_is_read_whole_or_not_at_all()
    {
        IsUnreadable<List<bool>>("yes, since May");
        Reading.Data<Everything>("""{"dates": "2024-05-17, May 18"}""").Data.Dates.Should().BeEmpty();
        Reading.Data<Everything>("""{"dates": "2024-05-17, 2024-05-18"}""").Data.Dates.Should().HaveCount(2);
        Reading.Data<Everything>("""{"dates": "2024-05-17, May 18"}""").Issues
            .Should().Contain(issue => issue.Name == "dates" && issue.Kind == FieldIssueKind.Unreadable);
    }

    [Fact]
    public void No_text_of_digits_and_separators_is_read_as_other_numbers_than_it_shows() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Frequency(
                (6, Gen.Elements("0", "1", "7", "12", "250", "1000")),
                (3, Gen.Elements(", ", ",", ";", "; ")),
                (2, Gen.Elements(".", " ", "\u2009", "\u00a0", "'", "-", "+", "e", "%", "May")))).Select(string.Concat).ToArbitrary(),
            text =>
            {
                var found = Reading.Data<Box<int[]>>($$"""{"value": {{Quoted(text)}} }""").Data.Value ?? [];
                var separator = text.Contains(';') ? ';' : ',';
                var shown = text.Split(separator).Select(item => item.Trim()).Where(item => item.Length > 0).ToArray();
                return found.Length == 0 || shown.Select(Number).SequenceEqual(found.Select(number => (decimal?)number));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static void IsUnreadable<T>(string text)
    {
        var (value, issue) = Reading.Cast<T>(Quoted(text));
        value.Should().Be(default(T), "{0} may mean more than one thing", text);
        issue.Should().Be(FieldIssueKind.Unreadable);
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<string>? AsStrings(string text) =>
        Sixtyfour.Fields.EnrichmentReader.Read(
            Reading.Json($$"""{"structured_data": {"x": {{Quoted(text)}} } }"""), new() { ["x"] = StructField.List("x") })["x"].AsStrings();

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
