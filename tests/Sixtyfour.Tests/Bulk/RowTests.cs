using System.Text.Json;
using Sixtyfour.Bulk;
using Sixtyfour.Files;

namespace Sixtyfour.Tests.Bulk;

public class RowTests
{
    [Fact]
    public async Task Cells_are_read_as_the_members_of_a_type()
    {
        var row = (await SavedResult.RowsAsync<Profile>(
            "name,title,age,fit,is_hiring,skills,history,since,seniority,site\r\n"
            + "Nadia Okafor,\"VP, Engineering\",41,0.5,True,\"['C#', 'F#']\",\"{\"\"Example Robotics\"\": 3}\",2024-05-01,Senior,https://example.com/\r\n"))[0];

        row.Issues.Should().BeEmpty();
        row.IsEnriched.Should().BeTrue();
        row.Data.Should().BeEquivalentTo(new Profile
        {
            Title = "VP, Engineering",
            Age = 41,
            Fit = 0.5,
            IsHiring = true,
            Skills = ["C#", "F#"],
            History = new() { ["Example Robotics"] = 3 },
            Since = new(2024, 5, 1),
            Seniority = Level.Senior,
            Site = new("https://example.com/"),
        });
        row["name"].AsString().Should().Be("Nadia Okafor");
        row[nameof(Profile.IsHiring)].AsBoolean().Should().BeTrue();
        row["skills"].AsStrings().Should().Equal("C#", "F#");
    }

    [Fact]
    public async Task Empty_cells_are_no_values()
    {
        var row = (await SavedResult.RowsAsync<Profile>("name,title,age,skills\nNadia Okafor,,,\n"))[0];

        row.IsEnriched.Should().BeFalse();
        row.Data.Title.Should().BeNull();
        row.Data.Age.Should().BeNull();
        row.Issues.Should().ContainSingle(issue => issue.Name == "skills" && issue.Kind == FieldIssueKind.Missing);
    }

    [Fact]
    public async Task A_cell_that_does_not_fit_is_an_issue_and_never_an_exception()
    {
        var rows = await SavedResult.RowsAsync<Founder>("title,age\nCEO,about 40\nCTO,\"1,234\"\nCFO,9.0\nCOO,55\n");

        rows.Select(row => row.Data.Age).Should().Equal(null, 1234, 9, 55);
        rows.Select(row => row.Data.Title).Should().Equal("CEO", "CTO", "CFO", "COO");
        rows.Select(row => row.Issues.Count is 0 ? (FieldIssueKind?)null : row.Issues[0].Kind)
            .Should().Equal(FieldIssueKind.Unreadable, FieldIssueKind.Repaired, FieldIssueKind.Repaired, null);
        rows.Select(row => row.Index).Should().Equal(0, 1, 2, 3);
    }

    [Fact]
    public async Task A_type_that_refuses_a_value_gets_an_issue()
    {
        var row = (await SavedResult.RowsAsync<Picky>("code\nno\n"))[0];

        row.Issues.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("{\"title\":\"CEO\",\"age\":41,\"name\":\"Nadia\"}\n\n{\"title\":\"CTO\",\"age\":\"42\",\"name\":\"Nadia\"}", "rows.jsonl")]
    [InlineData("\uFEFF[ {\"title\":\"CEO\",\"age\":41,\"name\":\"Nadia\"},\n {\"title\":\"CTO\",\"age\":\"42\",\"name\":\"Nadia\"} ]\n", "rows.json")]
    [InlineData("{\"title\":\"CEO\",\"age\":41,\"name\":\"Nadia\"} {\"title\":\"CTO\",\"age\":\"42\",\"name\":\"Nadia\"}", "rows")]
    public async Task Json_in_lines_or_in_a_list_is_read_alike(string file, string name)
    {
        var rows = await SavedResult.RowsAsync<Founder>(file, name);

        rows.Select(row => row.Data).Should().Equal(new Founder("CEO", 41), new Founder("CTO", 42));
        rows[0].Columns.Should().Equal("title", "age", "name");
        rows[1]["name"].AsString().Should().Be("Nadia");
    }

    [Theory]
    [InlineData("[{\"a\":1}", "ends within its list")]
    [InlineData("[{\"a\":1},", "ends within its list")]
    [InlineData("{\"a\":1}\n{\"a\":", "the file ends within it")]
    [InlineData("{\"a\":1}\n{a}", "not valid JSON")]
    [InlineData("{\"a\":1}\n7", "not a JSON object")]
    public async Task Json_that_breaks_off_or_is_none_is_an_error(string file, string expected)
    {
        var reading = () => SavedResult.RowsAsync(file, "rows.json");

        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage($"rows.json: *{expected}*");
    }

    [Fact]
    public async Task The_quick_way_and_the_casting_agree_on_whatever_stands_in_the_cells()
    {
        var random = new Random(11);
        string[] values =
        [
            "", "0", "-0", "41", "041", "-7",
            "+7", "9.0", "3.25", ".5", "1e3", "1,234", "999999999999999", "9999999999999999", "99999999999", "true", "False", "YES", "no", " x", "x ", " ",
            "\u00A0", "\u3000", "é", "日本", "a\"b", "\"", "\\", "\t", "null", "[]",
            "[1, 2]", "['a']", "a,b", "{}", "{\"a\": 1}", "2024-05-01", "01.05.2024", "Senior", "senior", "https://example.com/", "nope", "\0", "\u0001", "NaN",
        ];
        var csv = new System.Text.StringBuilder("title,age,fit,price,is_hiring,skills,history,since,seniority,site,count,required\n");
        for (var i = 0; i < 4_000; i++)
        {
            csv.AppendJoin(',', Enumerable.Range(0, 12)
                .Select(_ => $"\"{values[random.Next(values.Length)].Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        }

        using var saved = new SavedResult(csv.ToString());
        var contract = new Sixtyfour.Json.JsonContracts(null).For<Everything>();
        using var reader = await RowReader.OpenAsync(
            File.OpenRead(saved.Path), new FileLabel("x", null), FileFormat.Csv, TestContext.Current.CancellationToken);
        var casting = new TypedRows<Everything>(reader, contract, null);
        var quick = TypedRows.For(reader, contract);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var (one, other) = (quick.Make(0), casting.Make(0));
            JsonSerializer.Serialize(one.Data).Should().Be(JsonSerializer.Serialize(other.Data));
            one.Issues.Select(issue => issue.ToString()).Should().Equal(other.Issues.Select(issue => issue.ToString()));
            one.IsEnriched.Should().Be(other.IsEnriched);
        }
    }

    [Fact]
    public async Task No_row_prints_a_value()
    {
        var rows = await SavedResult.RowsAsync<Founder>("title,age\nCEO,41\n");

        rows[0].ToString().Should().Be("Row 0 with title, age");
    }

    public enum Level
    {
        Junior,
        Senior,
    }

    public sealed record Founder(string? Title, int? Age);

    public sealed record Profile
    {
        public string? Title { get; init; }

        public int? Age { get; init; }

        public double? Fit { get; init; }

        public bool? IsHiring { get; init; }

        public IReadOnlyList<string> Skills { get; init; } = [];

        public Dictionary<string, int>? History { get; init; }

        public DateOnly? Since { get; init; }

        public Level? Seniority { get; init; }

        public Uri? Site { get; init; }
    }

    public sealed record Everything(
        string? Title, int? Age, double? Fit, decimal? Price, bool? IsHiring, List<string>? Skills, DateOnly? Since, Level? Seniority, long Count = 5)
    {
        public Dictionary<string, int>? History { get; init; }

        public Uri? Site { get; set; }

        public string Required { get; init; } = "x";
    }

    public sealed record Picky(string Code)
    {
        public string Code { get; } = Code is "no" ? throw new ArgumentException("no") : Code;
    }
}
