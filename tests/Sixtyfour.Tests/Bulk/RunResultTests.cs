using Sixtyfour.Bulk;

namespace Sixtyfour.Tests.Bulk;

public sealed class RunResultTests : IDisposable
{
    private readonly FinishedJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_all_files_come_in_the_order_of_the_input()
    {
        using var run = Run(
            ("name,row_id,title\nb,1,B\na,0,A\nc,2,C\n", "one.csv", 3),
            ("{\"row_id\":4,\"name\":\"e\",\"title\":\"E\"}\n{\"name\":\"d\",\"title\":\"D\",\"row_id\":\"3.0\"}\n", "two.jsonl", 2),
            ("name,title\nf,F\n", "three.csv", 1));

        var rows = await run.ReadRowsAsync<Found>(cancellationToken: Token).ToListAsync(Token);

        rows.Select(row => (row.Index, row["name"].AsString(), row.Data.Title)).Should().Equal(
            (0L, "a", "A"), (1L, "b", "B"), (2L, "c", "C"), (3L, "d", "D"), (4L, "e", "E"), (5L, "f", "F"));
        rows.Should().OnlyContain(row => string.Join(' ', row.Columns) == "name title");
        rows.Should().OnlyContain(row => row["row_id"].Raw.ValueKind == System.Text.Json.JsonValueKind.Undefined);
        run.ChargeCents.Should().Be(30);
        run.Files.Count(file => file.IsOutput).Should().Be(3);
    }

    [Theory]
    [InlineData("name,row_id\na,0\na,0\n", "row 0 of the input came back twice")]
    [InlineData("name,row_id\na,0\n", "1 rows came back, 1 of them with their row_id, where 2 were sent")]
    [InlineData("name,row_id\na,0\nb,\n", "2 rows came back, 1 of them with their row_id")]
    [InlineData("name,row_id\na,0\nb,7\n", "a row carries the id 7")]
    [InlineData("name\na\n", "1 rows came back, 0 of them")]
    [InlineData("name,row_id\na,\nb,\n", "2 rows came back, 0 of them with their row_id")]
    [InlineData("name\na\nb\nc\n", "3 rows came back, 0 of them with their row_id, where 2 were sent")]
    public async Task A_lost_or_repeated_row_is_an_error(string file, string expected)
    {
        using var run = Run((file, "one.csv", 2));
        var reading = async () => await run.ReadRowsAsync(Token).ToListAsync(Token);

        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage($"one.csv: {expected}*").Which.JobId.Should().Be("job-0");
    }

    [Theory]
    [InlineData("Row ID,name\n1,b\n0,a\n", "one.csv", "*'Row ID'*")]
    [InlineData("ROW_ID,name\n1,b\n0,a\n", "one.csv", "*'ROW_ID'*")]
    [InlineData("rowId,row id,name\n1,0,b\n0,1,a\n", "one.csv", "*'rowId', 'row id'*")]
    [InlineData("row_id,name,row_id\n0,a,1\n1,b,0\n", "one.csv", "*'row_id', 'row_id'*")]
    [InlineData("row_id,name,row_id\n1,b,0\n0,a,1\n", "one.csv", "*'row_id', 'row_id'*")]
    [InlineData("{\"Row ID\":1,\"name\":\"b\"}\n{\"Row ID\":0,\"name\":\"a\"}\n", "one.jsonl", "*'Row ID'*")]
    [InlineData("{\"row_id\":0,\"name\":\"a\",\"row_id\":1}\n{\"row_id\":1,\"name\":\"b\",\"row_id\":0}\n", "one.jsonl", "*'row_id', 'row_id'*")]
    public async Task Ids_that_may_be_others_are_not_guessed_at(string file, string name, string expected)
    {
        using var run = Run((file, name, 2));
        using var place = new SavedResult("old");

        await FluentActions.Awaiting(async () => await run.ReadRowsAsync(Token).ToListAsync(Token))
            .Should().ThrowAsync<InvalidResponseException>().WithMessage(expected);
        await FluentActions.Awaiting(() => run.SaveAsync(place.Path, Token)).Should().ThrowAsync<InvalidResponseException>().WithMessage(expected);
        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("old");
    }

    [Theory]
    [InlineData("row_id,Row ID,name\n1,x,b\n0,y,a\n", "one.csv")]
    [InlineData("{\"row_id\":1,\"Row ID\":7,\"name\":\"b\"}\n{\"row_id\":0,\"name\":\"a\"}\n", "one.jsonl")]
    public async Task A_column_of_the_users_may_resemble_the_ids(string file, string name)
    {
        using var run = Run((file, name, 2));

        (await run.ReadRowsAsync(Token).ToListAsync(Token)).Select(row => row["name"].AsString()).Should().Equal("a", "b");
    }

    [Fact]
    public async Task A_file_that_may_have_been_cut_off_is_fetched_again()
    {
        _jobs.HidesLengths = true;
        using var run = Run(("name,row_id\na,0\n", "one.csv", 2));
        var reading = async () => await run.ReadRowsAsync(Token).ToListAsync(Token);
        await reading.Should().ThrowAsync<InvalidResponseException>();
        _jobs.Job("job-0", "name,row_id\na,0\nb,1\n");

        (await run.ReadRowsAsync(Token).ToListAsync(Token)).Should().HaveCount(2);
        await run.ReadRowsAsync(Token).ToListAsync(Token);
        _jobs.Fetched.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_disposed_run_opens_nothing()
    {
        var run = Run(("name,row_id\na,0\n", "one.csv", 1));
        await using var open = await run.OpenReadAsync(Token);
        run.Dispose();

        (await new StreamReader(open).ReadToEndAsync(Token)).Should().Be("name\r\na\r\n");
        await FluentActions.Awaiting(() => run.OpenReadAsync(Token)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task It_is_saved_as_one_file_with_one_header()
    {
        using var run = Run(
            ("row_id,name,note\r\n1,\"b, \"\"c\"\"\",\"x\r\ny\"\r\n0,a,\r\n", "one.csv", 2),
            ("name,row_id,note,extra\n\"d\",2,=1+1,new\n", "two.csv", 1));
        using var place = new SavedResult("");

        await run.SaveAsync(place.Path, Token);

        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("name,note,extra\r\na,,\r\n\"b, \"\"c\"\"\",\"x\r\ny\",\r\n\"d\",=1+1,new\r\n");
        using var stream = new StreamReader(await run.OpenReadAsync(Token));
        (await stream.ReadToEndAsync(Token)).Should().Be(await File.ReadAllTextAsync(place.Path, Token));
    }

    [Fact]
    public async Task A_column_that_is_alone_keeps_its_empty_rows()
    {
        using var run = Run(("name,row_id\n,1\na,0\n", "one.csv", 2));
        using var place = new SavedResult("");

        await run.SaveAsync(place.Path, Token);

        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("name\r\na\r\n\"\"\r\n");
    }

    [Theory]
    [InlineData("{\"row_id\":1,\"a\":1}\n{\"a\": [0], \"row_id\" : 0 }\n", "{\"b\":3 , \"row_id\":2}", "{\"a\": [0] }\n{\"a\":1}\n{\"b\":3}\n")]
    [InlineData("[{\"row_id\":0},{\"a\":1,\"row_id\":1,\"b\":2}]", "[{\"row_id\":2 , \"b\":3}]", "[\n{},\n{\"a\":1,\"b\":2},\n{ \"b\":3}\n]\n")]
    public async Task Json_is_saved_as_json(string one, string two, string expected)
    {
        using var run = Run((one, "one.json", 2), (two, "two.json", 1));
        using var place = new SavedResult("");

        await run.SaveAsync(place.Path, Token);

        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be(expected);
    }

    [Fact]
    public async Task A_large_file_in_any_order_is_put_in_order()
    {
        var ids = Enumerable.Range(0, 20_000).ToArray();
        new Random(4).Shuffle(ids);
        using var run = Run(
            ("row_id,name\n" + string.Concat(ids.Select(id => $"{id},{new string((char)('a' + (id % 26)), id % 300)}{id}\n")), "one.csv", 20_000));

        var next = 0L;
        await foreach (var row in run.ReadRowsAsync(Token))
        {
            row.Index.Should().Be(next);
            row["name"].AsString().Should().EndWith(next.ToString(System.Globalization.CultureInfo.InvariantCulture));
            next++;
        }

        next.Should().Be(20_000);
    }

    private BulkResult Run(params (string Content, string Name, long Rows)[] files)
    {
        var parts = new List<BulkRunPart>();
        foreach (var (content, name, rows) in files)
        {
            parts.Add(new(_jobs.Job($"job-{parts.Count}", content, name), parts.Sum(part => part.RowCount), rows));
        }

        return BulkResults.ReadRun(parts, _jobs.Files);
    }

    public sealed record Found(string? Title);
}
