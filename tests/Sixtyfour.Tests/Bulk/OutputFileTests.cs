using Sixtyfour.Bulk;

namespace Sixtyfour.Tests.Bulk;

public sealed class OutputFileTests : IDisposable
{
    private const string Error = """{"error":"expired"}""";
    private readonly FinishedJobs _jobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [InlineData("a.csv", "text/html", "<div>Sign in</div>\n", "*a page of type text/html came*")]
    [InlineData("a.csv", "text/html", "Please sign in\n1\n", "*a page of type text/html came*")]
    [InlineData("a.csv", "application/xhtml+xml", "<head></head>\n", "*a page of type application/xhtml+xml came*")]
    [InlineData("a.jsonl", "application/xml", "<Error><Code>AccessDenied</Code></Error>\n", "*a page of type application/xml came*")]
    [InlineData("a.csv", null, "<Error><Code>AccessDenied</Code></Error>\n1\n", "*an HTML page or an XML error came*")]
    [InlineData("a.csv", null, "<head></head><body>x</body>\n1\n", "*an HTML page or an XML error came*")]
    [InlineData("a.csv", "application/json", Error, "*JSON came in place of CSV*")]
    [InlineData("a.csv", "text/csv", Error, "*JSON came in place of CSV*")]
    [InlineData("a.csv", null, " \n[{\"error\":\"expired\"}]", "*JSON came in place of CSV*")]
    [InlineData("a.jsonl", "application/json", Error, "*an error in JSON came*")]
    [InlineData("a.json", null, "{\n \"message\":\"expired\", \"error\":{\"code\":1} }", "*an error in JSON came*")]
    [InlineData("a", "application/problem+json", """{"detail":"Not found"}""", "*an error in JSON came*")]
    public async Task An_error_in_place_of_the_file_is_neither_read_nor_saved(string name, string? mediaType, string content, string message)
    {
        _jobs.MediaType = mediaType;
        _jobs.Job("job-1", content);
        using var result = Read($$"""[{"filename":"{{name}}","download_url":"https://api.sixtyfour.test/files/job-1"}]""");
        using var place = new SavedResult("old");

        await FluentActions.Awaiting(async () => await result.ReadRowsAsync(Token).ToListAsync(Token))
            .Should().ThrowAsync<InvalidResponseException>().WithMessage(message);
        await FluentActions.Awaiting(() => result.SaveAsync(place.Path, Token)).Should().ThrowAsync<InvalidResponseException>().WithMessage(message);

        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("old");
    }

    [Theory]
    [InlineData("a.csv", "application/octet-stream", "title\n<div>\n")]
    [InlineData("a.csv", "application/json", "title\nCEO\n")]
    [InlineData("a.csv", null, "{title}\nCEO\n")]
    [InlineData("a.jsonl", "text/plain", """{"name":"Nadia","error":"no page found"}""")]
    [InlineData("a.jsonl", "application/json", """{"title":"CEO"}""")]
    public async Task What_only_resembles_an_error_is_read(string name, string? mediaType, string content)
    {
        _jobs.MediaType = mediaType;
        _jobs.Job("job-1", content);
        using var result = Read($$"""[{"filename":"{{name}}","download_url":"https://api.sixtyfour.test/files/job-1"}]""");

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("\"block_number\":1,\"row_count\":2", "\"block_number\":1,\"row_count\":0")]
    [InlineData("\"block_number\":1,\"row_count\":2", "\"block_number\":1,\"row_count\":7")]
    [InlineData("\"row_count\":2", "\"row_count\":1")]
    public async Task Of_several_last_files_the_one_with_the_rows_of_the_input_is_the_output(string output, string errors)
    {
        _jobs.Job("job-1", "title\nCEO\nCTO\n");
        foreach (var (first, second) in ((string, string)[])[(Out(output), Other(errors)), (Other(errors), Out(output))])
        {
            using var result = BulkResults.Read(FinishedJobs.Job("job-1", $"[{first},{second}]", 30), _jobs.Files, rows: 2);

            result.Files.Single(file => file.IsOutput).FileName.Should().Be("out.csv");
            (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().HaveCount(2);
        }
    }

    [Fact]
    public void Where_the_rows_of_the_input_are_not_known_those_of_the_first_block_tell()
    {
        using var result = Read(
            $$"""[{"filename":"in.csv","block_number":0,"row_count":2},{{Out("\"block_number\":1,\"row_count\":2")}},{{Other("\"block_number\":1")}}]""");

        result.Files.Single(file => file.IsOutput).FileName.Should().Be("out.csv");
    }

    [Theory]
    [InlineData("\"block_number\":1", "\"block_number\":1")]
    [InlineData("\"block_number\":1,\"row_count\":2", "\"block_number\":1,\"row_count\":2")]
    [InlineData("\"block_number\":1,\"row_count\":3", "\"block_number\":1")]
    [InlineData("\"row_count\":2", "\"row_count\":2")]
    [InlineData("\"message\":\"a\"", "\"message\":\"b\"")]
    public async Task Where_nothing_tells_the_output_no_file_takes_its_place(string one, string other)
    {
        using var result = BulkResults.Read(FinishedJobs.Job("job-1", $"[{Out(one)},{Other(other)}]", 30), _jobs.Files, rows: 2);
        using var place = new SavedResult("old");

        result.Files.Should().NotContain(file => file.IsOutput);
        await FluentActions.Awaiting(async () => await result.ReadRowsAsync(Token).ToListAsync(Token))
            .Should().ThrowAsync<InvalidResponseException>().WithMessage("*which of its files is the output: out.csv, other.csv*");
        (await FluentActions.Awaiting(() => result.SaveAsync(place.Path, Token)).Should().ThrowAsync<InvalidResponseException>())
            .Which.JobId.Should().Be("job-1");
        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("old");
        _jobs.Fetched.Should().BeEmpty();
    }

    private static string Out(string members) => $$"""{"filename":"out.csv",{{members}},"download_url":"https://api.sixtyfour.test/files/job-1"}""";

    private static string Other(string members) => $$"""{"filename":"other.csv",{{members}},"download_url":"https://api.sixtyfour.test/other"}""";

    private BulkResult Read(string entries) => BulkResults.Read(FinishedJobs.Job("job-1", entries, 30), _jobs.Files);
}
