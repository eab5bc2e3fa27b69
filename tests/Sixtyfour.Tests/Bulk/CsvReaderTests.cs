using System.Text;
using Sixtyfour.Bulk;
using Sixtyfour.Files;

namespace Sixtyfour.Tests.Bulk;

public class CsvReaderTests
{
    [Fact]
    public async Task Quotes_commas_line_ends_and_formulas_come_through_unchanged()
    {
        var rows = await SavedResult.RowsAsync("name,note\r\n\"Okafor, Nadia\",\"says \"\"hi\"\"\r\nand\nleaves\r\"\r\n=1+1,@SUM(A1)\r\n");

        rows.Should().HaveCount(2);
        rows[0]["name"].AsString().Should().Be("Okafor, Nadia");
        rows[0]["note"].AsString().Should().Be("says \"hi\"\r\nand\nleaves\r");
        rows[1]["name"].AsString().Should().Be("=1+1");
        rows[1]["note"].AsString().Should().Be("@SUM(A1)");
    }

    [Theory]
    [InlineData("name\nNadia")]
    [InlineData("\uFEFFname\r\nNadia\r\n")]
    [InlineData("\r\n\r\nname\r\n\r\nNadia\r\n\r\n")]
    [InlineData("name\rNadia\r")]
    [InlineData("\"name\"\n\"Nadia\"\n")]
    public async Task Marks_line_ends_and_blank_lines_make_no_difference(string file)
    {
        var row = (await SavedResult.RowsAsync(file)).Should().ContainSingle().Subject;

        row.Columns.Should().Equal("name");
        row["name"].AsString().Should().Be("Nadia");
    }

    [Fact]
    public async Task Text_beyond_ascii_and_a_megabyte_in_one_cell_come_through_unchanged()
    {
        var long1 = string.Concat(Enumerable.Repeat("日本 😀 é\"\n", 120_000));
        var rows = await SavedResult.RowsAsync($"naïve,ノート\n\"{long1.Replace("\"", "\"\"", StringComparison.Ordinal)}\",Ω\n");

        rows[0]["naïve"].AsString().Should().Be(long1);
        rows[0]["ノート"].AsString().Should().Be("Ω");
    }

    [Fact]
    public async Task A_quote_inside_a_plain_cell_is_a_character()
    {
        var rows = await SavedResult.RowsAsync("size\n5\" wide\n");

        rows[0]["size"].AsString().Should().Be("5\" wide");
    }

    [Fact]
    public async Task The_last_of_two_columns_of_one_name_counts()
    {
        var rows = await SavedResult.RowsAsync("title,name,title\nold,Nadia,new\n");

        rows[0].Columns.Should().Equal("title", "name", "title");
        rows[0]["title"].AsString().Should().Be("new");
    }

    [Fact]
    public async Task Cells_that_a_short_row_lacks_are_absent_and_empty_ones_are_empty()
    {
        var rows = await SavedResult.RowsAsync("a,b,c\n1,\n");

        rows[0]["b"].IsMissing.Should().BeTrue();
        rows[0]["b"].Raw.ValueKind.Should().Be(System.Text.Json.JsonValueKind.String);
        rows[0]["c"].IsMissing.Should().BeTrue();
        rows[0]["c"].Raw.ValueKind.Should().Be(System.Text.Json.JsonValueKind.Undefined);
    }

    [Fact]
    public async Task Empty_cells_beyond_the_header_are_ignored() =>
        (await SavedResult.RowsAsync("a,b\n1,2,,\n"))[0]["b"].AsInt32().Should().Be(2);

    [Theory]
    [InlineData("a,b\n1,2\n3,4,5\n", "row 2*3 values under 2 columns*")]
    [InlineData("a,b\n\"1\"x,2\n", "row 1*text follows a closing quote*")]
    [InlineData("a,b\n1,\"2\n", "row 1*never closed*")]
    [InlineData("\"a,b\n1,2\n", "*header*never closed*")]
    public async Task What_would_put_values_into_wrong_columns_is_an_error(string file, string expected)
    {
        var reading = () => SavedResult.RowsAsync(file);

        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage($"enriched.csv: {expected}");
    }

    [Fact]
    public async Task Utf_16_is_named()
    {
        using var saved = new SavedResult(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a,b\n1,2\n")).ToArray());
        var reading = async () => await saved.Result.ReadRowsAsync(TestContext.Current.CancellationToken).ToListAsync();

        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage("*UTF-16*");
    }

    [Fact]
    public async Task A_row_beyond_the_bound_is_an_error()
    {
        using var buffer = new RowBuffer(
            new MemoryStream(Encoding.ASCII.GetBytes("a\n" + new string('x', 200_000))), new FileLabel("big.csv", "job-1"), maxRowBytes: 100_000);
        using var reader = await CsvRowReader.OpenAsync(buffer, TestContext.Current.CancellationToken);
        var reading = async () => await reader.ReadAsync(TestContext.Current.CancellationToken);

        var error = (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage("big.csv: a row is larger than*").Which;
        error.JobId.Should().Be("job-1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n")]
    [InlineData("name,title\n")]
    public async Task A_file_without_rows_has_none(string file) => (await SavedResult.RowsAsync(file)).Should().BeEmpty();
}
