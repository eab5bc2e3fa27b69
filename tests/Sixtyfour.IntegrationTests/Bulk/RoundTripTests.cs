using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Bulk;

/// <summary>What an application puts into a file comes back out of it, through another program's CSV reader and writer.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "people.csv", "name,note\nA,\"x, \"\"y\"\"\"\n\"B\",\"one\ntwo\r\nthree\"\n" },
        { "people.csv", "\uFEFFname,note\r\nA,\"x, \"\"y\"\"\"\r\nB,\"one\ntwo\r\nthree\"" },
        { "people.json", """[{"name": "A", "note": "x, \"y\""}, {"name": "B", "note": "one\ntwo\r\nthree"}]""" },
        { "people.jsonl", "{\"name\": \"A\", \"note\": \"x, \\\"y\\\"\"}\n\n{\"note\": \"one\\ntwo\\r\\nthree\", \"name\": \"B\"}" },
        { "people.ndjson", "\uFEFF{\"name\": \"A\", \"note\": \"x, \\\"y\\\"\"}\r\n{\"name\": \"B\", \"note\": \"one\\ntwo\\r\\nthree\"}\r\n" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_file_type_comes_back_row_by_row(string fileName, string content)
    {
        await using var api = await BulkApi.StartAsync();
        var file = BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(content)), fileName);

        using var result = await (await api.Client.Bulk.SubmitPeopleAsync(file, Api.Title, cancellationToken: Api.Token)).WaitAsync(Api.Token);

        (await BulkApi.RowsOf(result)).Select(row => (row["name"].AsString(), row["note"].AsString(), row.IsEnriched))
            .Should().Equal(("A", "x, \"y\"", true), ("B", "one\ntwo\r\nthree", true));
    }

    [Theory]
    [InlineData("name,name\nA,B\n", "name|name|title", "A|B")]
    [InlineData("name,note,more\nA\nB,x\n", "name|note|more|title", "A||;B|x|")]
    [InlineData("name\n\"=HYPERLINK(\"\"x\"\")\"\n+1\n@a\n-2\n", "name|title", "=HYPERLINK(\"\"x\"\");+1;@a;-2")]
    [InlineData("name\nÅsa 李 😀 \n  padded  \n", "name|title", "Åsa 李 😀 ;  padded  ")]
    public async Task Odd_files_keep_their_cells(string content, string columns, string cells)
    {
        await using var api = await BulkApi.StartAsync();
        api.Emulator.Answer(BulkApi.People, _ => new() { ["title"] = "T" });

        using var result = await (await api.Client.Bulk.SubmitPeopleAsync(BulkApi.Csv(content), Api.Title, cancellationToken: Api.Token)).WaitAsync(Api.Token);
        using var reader = new StreamReader(await result.OpenReadAsync(Api.Token));

        var saved = await reader.ReadToEndAsync(Api.Token);
        (await BulkApi.RowsOf(result)).Should().OnlyContain(row => string.Join('|', row.Columns) == columns);
        saved.Should().Contain(columns.Replace('|', ','));
        CsvCells(saved, columns.Count(c => c == '|')).Should().Be(cells);
    }

    [Theory]
    [InlineData("name,note\nA,B,C\n")]
    [InlineData("name\n\"A\" B\n")]
    [InlineData("name\n\"A\n")]
    public async Task Files_whose_cells_would_move_are_refused_and_cost_nothing(string content)
    {
        await using var api = await BulkApi.StartAsync();

        var error = (await FluentActions.Awaiting(() => api.Client.Bulk.SubmitPeopleAsync(BulkApi.Csv(content), Api.Title, cancellationToken: Api.Token))
            .Should().ThrowAsync<Exception>()).Which;

        (error is ArgumentException or InvalidRequestException).Should().BeTrue("{0}", error);
        api.Emulator.Jobs.Should().BeEmpty();
    }

    [Fact]
    public async Task Any_text_in_a_row_comes_back_as_it_was()
    {
        await using var api = await BulkApi.StartAsync(
            options => options.RateLimit.BulkSubmissionsPerMinute = null, emulator: options => options.BulkSubmissionsPerMinute = null);
        var texts = Gen.OneOf(
            Gen.Elements("", " ", ",", "\"", "\"\"", "\r", "\n", "\r\n", "=1+1", "\uFEFF", "Å", "李", "😀", "\t", "null", "True", "007", "1.0")
                .ArrayOf().Select(parts => string.Concat(parts)),
            ArbMap.Default.GeneratorFor<string>().Select(text => text is null ? "" : new string([.. text.Where(c => !char.IsSurrogate(c) && c != '\0')])));
        var tables = texts.Two().Select(pair => new BulkApi.Person(pair.Item1, "Example Robotics", pair.Item2)).ListOf();

        foreach (var people in tables.Sample(60, 12).Where(people => people.Count > 0))
        {
            using var result = await (await api.Client.Bulk.SubmitPeopleAsync(BulkFile.FromRows(people), Api.Title, cancellationToken: Api.Token))
                .WaitAsync(Api.Token);

            (await BulkApi.RowsOf(result)).Select(row => (row["name"].Raw.GetString()!, row["note"].Raw.GetString()!))
                .Should().Equal(people.Select(person => (person.Name, person.Note)), JsonSerializer.Serialize(people));
        }
    }

    [Fact]
    public async Task A_cell_of_a_megabyte_comes_back()
    {
        await using var api = await BulkApi.StartAsync();

        using var result = await (await api.Client.Bulk.SubmitPeopleAsync(BulkApi.People_(3, noteLength: 1_000_000), Api.Title, cancellationToken: Api.Token))
            .WaitAsync(Api.Token);

        (await BulkApi.RowsOf(result)).Should().OnlyContain(row => row["note"].AsString()!.Length == 1_000_000);
    }

    [Fact]
    public async Task Rows_that_passed_through_are_told_apart_with_and_without_a_type()
    {
        await using var api = await BulkApi.StartAsync(emulator: options => options.PassThroughShare = 0.5);

        using var result = await (await api.Client.Bulk.SubmitPeopleAsync<Found>(BulkApi.People_(200), null, Api.Token)).WaitAsync(Api.Token);

        var untyped = await BulkApi.RowsOf(result);
        var typed = await result.ReadRowsAsync<Found>(cancellationToken: Api.Token).ToListAsync(Api.Token);
        untyped.Select(row => row.IsEnriched).Should().Equal(typed.Select(row => row.IsEnriched));
        typed.Count(row => row.IsEnriched).Should().BeInRange(60, 140);
        typed.Should().OnlyContain(row => row.IsEnriched == (row.Data.Title != null));
    }

    private static string CsvCells(string saved, int inputColumns) =>
        string.Join(';', saved.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(line => string.Join('|', line.Split(',')[..inputColumns]).Trim('"')));

    internal sealed record Found(string? Title);
}
