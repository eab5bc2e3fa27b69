using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Json;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Bulk;

public sealed class SplittingTests
{
    private static readonly JsonContracts Contracts = new(null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_rows_get_their_place_in_front_and_each_file_the_header()
    {
        var files = await SplitAsync("leads.csv", "\uFEFFname,company\r\nNadia Okafor,Example Robotics\r\n\"a\nb\"\r\nc,d,", new(1_000, 2));

        files.Select(file => file.Text).Should().Equal(
            "row_id,name,company\n0,Nadia Okafor,Example Robotics\n1,\"a\nb\"\n",
            "row_id,name,company\n2,c,d,\n");
        files.Select(file => (file.File.Number, file.File.FirstRow, file.File.Rows, file.File.Content.FileName))
            .Should().Equal((1, 0, 2, "rows-00001.csv"), (2, 2, 1, "rows-00002.csv"));
    }

    [Fact]
    public async Task Json_rows_get_it_as_their_first_member_one_row_a_line()
    {
        var files = await SplitAsync("leads.json", "[{\"name\":\"a\\nb\"}, { },\n {\n  \"name\" : \"c\"\r\n}]", new(1_000, 2));

        files.Select(file => file.Text).Should().Equal("{\"row_id\":0,\"name\":\"a\\nb\"}\n{\"row_id\":1 }\n", "{\"row_id\":2,   \"name\" : \"c\"  }\n");
        files[0].File.Content.FileName.Should().Be("rows-00001.jsonl");
    }

    [Theory]
    [InlineData("leads.csv", "name,\"Row_Id\"\na,1\n", "*already has a column 'row_id'*")]
    [InlineData("leads.csv", "name,\" row_id \"\na,1\n", "*already has a column 'row_id'*")]
    [InlineData("leads.csv", "\"na\"me,title\na,1\n", "*the header cannot be read: text follows a closing quote*")]
    [InlineData("leads.csv", "name;company\na;b\n", "*semicolons*")]
    [InlineData("leads.jsonl", "{}\n{\"row_id\":1}\n", "*row 1 (from 0) already has a member 'row_id'*")]
    [InlineData("leads.jsonl", "{}\n{\"a\":}\n", "*row 1 (from 0) is not valid JSON*(line 2, column 6)*")]
    [InlineData("leads.jsonl", "{}\n{} {}\n", "*row 1 (from 0) is not valid JSON*")]
    [InlineData("leads.jsonl", "[]\n", "*row 0 (from 0) is not a JSON object*")]
    [InlineData("leads.json", "[{},5]", "*row 1 (from 0) is not a JSON object*")]
    [InlineData("leads.csv", "name\n0123456789012345678901234567890123456789\n", "*row 0 (from 0) makes 55 bytes*at most 50*")]
    public async Task What_cannot_be_split_is_refused(string name, string text, string message) =>
        (await FluentActions.Awaiting(() => SplitAsync(name, text, new(50, 10))).Should().ThrowAsync<ArgumentException>()).WithMessage(message);

    [Fact]
    public async Task A_member_of_that_name_further_down_is_nobodys_business() =>
        (await SplitAsync("leads.jsonl", "{\"a\":{\"row_id\":7}}\n", new(1_000, 10))).Single().Text.Should().Be("{\"row_id\":0,\"a\":{\"row_id\":7}}\n");

    [Fact]
    public Task No_row_is_lost_repeated_or_moved_and_no_file_is_too_large() => OwnThread.RunAsync(() =>
    {
        var values = Gen.Elements("", "a", "Nadia Okafor", "\"quoted, with\nline\"", "\"\"\"\"", "ä€😀", new string('x', 40));
        var csv = Gen.NonEmptyListOf(Gen.ListOf(values).Select(list => "v," + string.Join(",", list.Take(4))));
        Prop.ForAll(csv.ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(400, 900).ToArbitrary(), (rows, maxRows, maxBytes) =>
        {
            rows = [.. rows.Select(row => row.Length > 300 ? "v,long" : row)];
            var input = "h1,h2,h3,h4,h5\n" + string.Join("\n", rows);
            var limits = new BulkLimits(maxBytes, maxRows);
            var files = SplitAsync("leads.csv", input, limits).GetAwaiter().GetResult();

            files.Should().AllSatisfy(file =>
            {
                file.Bytes.Length.Should().BeLessThanOrEqualTo(maxBytes);
                file.File.Rows.Should().BeInRange(1, maxRows);
                file.File.Content.Length.Should().Be(file.Bytes.Length);
                file.Text.Should().StartWith("row_id,h1,h2,h3,h4,h5\n");
            });
            string.Concat(files.Select(file => file.Text["row_id,h1,h2,h3,h4,h5\n".Length..]))
                .Should().Be(string.Concat(rows.Select((row, i) => $"{i},{row}\n")));
            files.Select(file => file.File.FirstRow).Should().Equal(files.Select((_, i) => files.Take(i).Sum(file => file.File.Rows)));
            SplitAsync("leads.csv", input, limits).GetAwaiter().GetResult().Select(file => file.File.Content.Sha256)
                .Should().Equal(files.Select(file => file.File.Content.Sha256));
            IsEstimatedRight("leads.csv", input, limits, files.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    });

    [Fact]
    public Task The_same_holds_for_lines_of_json() => OwnThread.RunAsync(() =>
    {
        var values = Gen.Elements("\"a\"", "1.50", "{\"x\":[1, 2]}", "\"line\\nend\"", "null", "\"ä\"");
        var lines = Gen.NonEmptyListOf(
            Gen.ListOf(values).Select(list => "{" + string.Join(",", list.Take(10).Select((value, i) => $"\"m{i}\": {value}")) + "}"));
        Prop.ForAll(lines.ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (rows, maxRows) =>
        {
            var input = string.Join("\n\n", rows);
            var limits = new BulkLimits(400, maxRows);
            var files = SplitAsync("leads.jsonl", input, limits).GetAwaiter().GetResult();

            var written = files.SelectMany(file => file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
            written.Should().HaveCount(rows.Count);
            for (var i = 0; i < written.Count; i++)
            {
                using var row = JsonDocument.Parse(written[i]);
                row.RootElement.GetProperty("row_id").GetInt32().Should().Be(i);
                row.RootElement.EnumerateObject().Skip(1).Select(member => member.ToString()).Should().Equal(Members(rows[i]));
            }

            files.Should().AllSatisfy(file => file.Bytes.Length.Should().BeLessThanOrEqualTo(400));
            IsEstimatedRight("leads.jsonl", input, limits, files.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    });

    private static List<string> Members(string json)
    {
        using var row = JsonDocument.Parse(json);
        return [.. row.RootElement.EnumerateObject().Select(member => member.ToString())];
    }

    private static void IsEstimatedRight(string name, string input, BulkLimits limits, int files)
    {
        var estimate = BulkCount.OfAsync(File(name, input).Source, new(10, null), Contracts, limits, Token).GetAwaiter().GetResult();
        var fits = estimate.Rows <= limits.MaxRows && estimate.Bytes <= limits.MaxBytes;
        // An empty object is one byte shorter than it is counted.
        estimate.Files.Should().BeInRange(fits ? 1 : files, fits ? 1 : files + (input.Contains("{}", StringComparison.Ordinal) ? 1 : 0));
    }

    private static BulkFile File(string name, string text) => BulkFile.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

    private static async Task<List<(NumberedFile File, byte[] Bytes, string Text)>> SplitAsync(string name, string text, BulkLimits limits)
    {
        var source = File(name, text).Source;
        var rows = new NumberedRows(source.Read(Contracts, Token), source.Format, limits);
        var files = new NumberedFiles(rows, source.Format, limits);
        var split = new List<(NumberedFile, byte[], string)>();
        while (await files.NextAsync(Token) is { } file)
        {
            using (file)
            {
                var bytes = await ReadAsync(file.Content.OpenRead());
                split.Add((file, bytes, Encoding.UTF8.GetString(bytes)));
            }
        }

        return split;
    }

    private static async Task<byte[]> ReadAsync(ByteReader reader)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1000];
        while (await reader.ReadAsync(buffer, Token) is var read and > 0)
        {
            all.Write(buffer, 0, read);
        }

        reader.Dispose();
        return all.ToArray();
    }
}
