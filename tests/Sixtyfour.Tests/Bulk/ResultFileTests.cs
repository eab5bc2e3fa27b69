using System.Runtime.Versioning;
using Sixtyfour.Bulk;

namespace Sixtyfour.Tests.Bulk;

public sealed class ResultFileTests : IDisposable
{
    private readonly FinishedJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_output_is_the_highest_block_and_never_another_one()
    {
        using var result = Read(
            """
            [{"filename":"none.csv","download_url":"https://a.test/0"},{"filename":"input.csv","block_number":1,"row_count":3,"url":"https://a.test/1"},
             {"filename":"enriched.csv","block_number":"2","download_url":"https://a.test/2"},
             {"filename":"lost.csv","block_number":3,"message":"signing failed","download_url":null}]
            """);

        result.Files.Select(file => (file.FileName, file.IsOutput, file.BlockNumber, file.RowCount, file.Message)).Should().Equal(
            ("none.csv", false, null, null, null),
            ("input.csv", false, 1, 3L, null),
            ("enriched.csv", false, 2, null, null),
            ("lost.csv", true, 3, null, "signing failed"));
        result.ChargeCents.Should().Be(30);
        _jobs.Fetched.Should().BeEmpty();

        _jobs.AnswersStatusWith("""[{"filename":"lost.csv","block_number":3,"message":"signing failed again"}]""");
        (await FluentActions.Awaiting(() => result.OpenReadAsync(Token)).Should().ThrowAsync<InvalidResponseException>())
            .WithMessage("lost.csv: the service gives no link to it. It says: signing failed again*").Which.JobId.Should().Be("job-1");
        _jobs.Fetched.Should().OnlyContain(address => address.AbsolutePath == "/job-status/job-1").And.HaveCount(2, "it is asked for again");
    }

    [Fact]
    public async Task A_link_that_was_missing_is_asked_for_again()
    {
        using var result = Read(
            """[{"filename":"input.csv","block_number":1,"download_url":"https://a.test/1"},{"filename":"a.csv","block_number":2,"download_url":null}]""");
        _jobs.Job("job-1", "title\nCEO\n");
        _jobs.AnswersStatusWith("""[{"filename":"a.csv","block_number":2,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().ContainSingle().Which["title"].AsString().Should().Be("CEO");
    }

    [Fact]
    public async Task A_whole_preview_stands_for_a_file_whose_link_leads_nowhere()
    {
        using var result = Read("""[{"filename":"a.csv","row_count":1,"results":[{"title":"CEO"}],"download_url":"https://api.sixtyfour.test/gone"}]""");
        _jobs.AnswersStatusWith("""[{"filename":"a.csv","row_count":1,"results":[{"title":"CEO"}],"download_url":"https://api.sixtyfour.test/gone"}]""");

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().ContainSingle().Which["title"].AsString().Should().Be("CEO");
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "*an HTML page*")]
    [InlineData("\n <html>\n<p>a,b</p></html>", "*an HTML page*")]
    [InlineData("title\nCEO\n", "*has 1 rows where the service says 2*")]
    [InlineData("title\nCEO\nCTO\nCFO\n", "*has 3 rows where the service says 2*")]
    [InlineData("title,name\nCEO\rCTO,a\n", "*a carriage return stands alone*")]
    [InlineData("title\nCEO,more\nCTO\n", "*2 values under 1 columns*")]
    public async Task What_is_not_the_result_is_neither_read_nor_saved(string content, string message)
    {
        _jobs.Job("job-1", content);
        using var result = Read("""[{"filename":"a.csv","row_count":2,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");
        using var place = new SavedResult("old");

        await FluentActions.Awaiting(async () => await result.ReadRowsAsync(Token).ToListAsync(Token))
            .Should().ThrowAsync<InvalidResponseException>().WithMessage(message);
        (await FluentActions.Awaiting(() => result.SaveAsync(place.Path, Token)).Should().ThrowAsync<InvalidResponseException>())
            .WithMessage(message).Which.JobId.Should().Be("job-1");

        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("old");
    }

    [Fact]
    public async Task A_preview_beside_a_link_is_not_read()
    {
        var job = _jobs.Job("job-1", "title\nfrom the file\n");
        using var result = BulkResults.Read(job, _jobs.Files);

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().ContainSingle().Which["title"].AsString().Should().Be("from the file");
        await result.ReadRowsAsync(Token).ToListAsync(Token);
        _jobs.Fetched.Should().ContainSingle("every use reads the same download");
    }

    [Fact]
    public async Task A_whole_preview_stands_for_a_file_without_a_link()
    {
        using var result = Read("""[{"filename":"enriched.csv","row_count":2,"results":[{"title":"CEO"},{"title":"CTO","name":"Nadia\nOkafor"}]}]""");

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Select(row => row["title"].AsString()).Should().Equal("CEO", "CTO");
    }

    [Theory]
    [InlineData("""[{"filename":"enriched.csv","row_count":3,"results":[{"title":"CEO"}]}]""",
        "*no link to it, and the 1 rows in the status of the job are not all*")]
    [InlineData("""[{"filename":"enriched.csv","results":[{"title":"CEO"}]}]""", "*1 rows in the status of the job are not all*")]
    [InlineData("""[{"filename":"enriched.csv","message":"signing failed"}]""", "*no link to it*signing failed*")]
    [InlineData("[]", "*names no file*")]
    public async Task A_part_of_the_rows_is_never_taken_for_all(string entries, string expected)
    {
        using var result = Read(entries);
        _jobs.AnswersStatusWith(entries);
        var reading = async () => await result.ReadRowsAsync(Token).ToListAsync(Token);

        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage(expected).Which.JobId.Should().Be("job-1");
    }

    [Fact]
    public async Task Untyped_rows_count_as_enriched_when_something_asked_for_came()
    {
        using var result = BulkResults.Read(_jobs.Job("job-1", "name,title\nNadia Okafor,CEO\nNadia Okafor,\n"), _jobs.Files, ["title"]);

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Select(row => row.IsEnriched).Should().Equal(true, false);
    }

    [Fact]
    public async Task Typed_rows_count_as_enriched_when_something_asked_for_came()
    {
        const string File = "name,title\nNadia Okafor,CEO\nNadia Okafor,\n";
        using var asked = BulkResults.Read(_jobs.Job("job-1", File), _jobs.Files, ["title"]);
        using var found = BulkResults.Read(_jobs.Job("job-2", File), _jobs.Files);

        // Its name is a column of the caller's own.
        (await asked.ReadRowsAsync<Lead>(cancellationToken: Token).ToListAsync(Token)).Select(row => row.IsEnriched).Should().Equal(true, false);
        (await asked.ReadRowsAsync<Title>(cancellationToken: Token).ToListAsync(Token)).Select(row => row.IsEnriched).Should().Equal(true, false);
        (await found.ReadRowsAsync<Title>(cancellationToken: Token).ToListAsync(Token)).Select(row => row.IsEnriched).Should().Equal(true, false);
    }

    [Theory]
    [InlineData("https://api.sixtyfour.test/files/job-1?sig=secret", true)]
    [InlineData("https://API.Sixtyfour.TEST:443/files/job-1", true)]
    [InlineData("/files/job-1?sig=secret", true)]
    [InlineData("files/job-1", true)]
    [InlineData("https://api.sixtyfour.test:8443/files/job-1", false)]
    [InlineData("https://api.sixtyfour.test@files.test/files/job-1", false)]
    [InlineData("https://api.sixtyfour.test.files.test/files/job-1", false)]
    [InlineData("https://\u0430pi.sixtyfour.test/files/job-1", false)]
    [InlineData("//files.test/files/job-1", false)]
    public async Task The_key_goes_to_the_origin_of_the_endpoint_only(string link, bool takesKey)
    {
        _jobs.Job("job-1", "title\nCEO\n");

        await _jobs.Files.DownloadAsync(link, new("a.csv", "job-1"), new(new MemoryStream()), Token);

        _jobs.Fetched.Should().ContainSingle().Which.AbsolutePath.Should().Be("/files/job-1");
        _jobs.Keys.Should().ContainSingle().Which.Should().Be(takesKey ? "sk_test_5f2b" : null);
    }

    [Fact]
    public async Task A_file_is_saved_as_it_is_and_replaces_another()
    {
        const string content = "\uFEFFname,note\r\nNadia,\"a\rb\"\n";
        using var result = BulkResults.Read(_jobs.Job("job-1", content), _jobs.Files);
        using var place = new SavedResult("old");

        await result.SaveAsync(place.Path, Token);

        (await File.ReadAllBytesAsync(place.Path, Token)).Should().Equal(System.Text.Encoding.UTF8.GetBytes(content));
        Directory.GetFiles(Path.GetDirectoryName(place.Path)!).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_cannot_be_fetched_leaves_the_target_alone()
    {
        using var result = Read("""[{"filename":"gone.csv","download_url":"https://api.sixtyfour.test/gone?sig=secret"}]""");
        using var place = new SavedResult("old");
        var saving = () => result.SaveAsync(place.Path, Token);

        var error = (await saving.Should().ThrowAsync<SixtyfourException>()).Which;
        error.JobId.Should().Be("job-1");
        error.ToString().Should().NotContain("secret");
        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("old");
        Directory.GetFiles(Path.GetDirectoryName(place.Path)!).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_without_a_length_has_to_have_all_its_rows()
    {
        _jobs.HidesLengths = true;
        _jobs.Job("job-1", "title\nCEO\n");
        using var whole = Read("""[{"filename":"a.csv","row_count":1,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");
        using var cut = Read("""[{"filename":"a.csv","row_count":2,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");
        using var small = Read("""[{"filename":"a.csv","file_size":100,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");

        (await whole.ReadRowsAsync(Token).ToListAsync(Token)).Should().ContainSingle();
        var reading = async () => await cut.ReadRowsAsync(Token).ToListAsync(Token);
        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage("a.csv has 1 rows where the service says 2*");
        reading = async () => await small.ReadRowsAsync(Token).ToListAsync(Token);
        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage("a.csv: 10 of 100 bytes came*");
    }

    [Theory]
    [InlineData("title\nCEO\n")]
    [InlineData("title\nCEO\n\"CT")]
    public async Task What_may_have_been_cut_off_is_fetched_again(string cut)
    {
        _jobs.HidesLengths = true;
        _jobs.Job("job-1", cut);
        using var result = Read("""[{"filename":"a.csv","row_count":2,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");
        var reading = async () => await result.ReadRowsAsync(Token).ToListAsync(Token);
        await reading.Should().ThrowAsync<InvalidResponseException>();
        _jobs.Job("job-1", "title\nCEO\nCTO\n");

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().HaveCount(2);
        await result.ReadRowsAsync(Token).ToListAsync(Token);
        _jobs.Fetched.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_no_failure_of_the_connection()
    {
        var job = _jobs.Job("job-1", "title\nCEO\n");
        using var disk = new FullDisk();

        var fetching = () => _jobs.Files.DownloadAsync("https://api.sixtyfour.test/files/job-1", new("a.csv", job.JobId), new(disk), Token);

        (await fetching.Should().ThrowAsync<IOException>()).WithMessage("No space left on device");
        _jobs.Fetched.Should().ContainSingle("fetching it again makes no room");
    }

    [Fact]
    public async Task A_directory_is_no_place_for_a_file_and_nothing_is_fetched_for_it()
    {
        using var result = BulkResults.Read(_jobs.Job("job-1", "title\nCEO\n"), _jobs.Files);
        using var place = new SavedResult("old");
        var directory = Path.GetDirectoryName(place.Path)!;

        foreach (var path in (string[])[directory, directory + Path.DirectorySeparatorChar])
        {
            var saving = () => result.SaveAsync(path, Token);
            (await saving.Should().ThrowAsync<IOException>()).WithMessage("*is a directory*");
        }

        _jobs.Fetched.Should().BeEmpty();
        Directory.GetFiles(directory).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_only_its_owner_may_read_stays_so_when_it_is_replaced()
    {
        var target = typeof(BulkResult).Assembly.GetCustomAttributes(typeof(TargetFrameworkAttribute), false).Cast<TargetFrameworkAttribute>().Single();
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes; a replacement takes over the rights of the file it replaces.");
            return;
        }

        Assert.SkipWhen(target.FrameworkName.StartsWith(".NETStandard", StringComparison.Ordinal), ".NET Standard knows no modes.");
        using var result = BulkResults.Read(_jobs.Job("job-1", "title\nCEO\n"), _jobs.Files);
        using var place = new SavedResult("old");
        File.SetUnixFileMode(place.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await result.SaveAsync(place.Path, Token);

        File.GetUnixFileMode(place.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be("title\nCEO\n");
    }

    [Fact]
    public async Task The_same_target_saved_to_many_times_at_once_is_one_whole_file()
    {
        var content = "title\n" + string.Concat(Enumerable.Repeat("CEO\n", 20_000));
        using var result = BulkResults.Read(_jobs.Job("job-1", content), _jobs.Files);
        using var place = new SavedResult("old");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => result.SaveAsync(place.Path, Token)));

        (await File.ReadAllTextAsync(place.Path, Token)).Should().Be(content);
        Directory.GetFiles(Path.GetDirectoryName(place.Path)!).Should().ContainSingle();
        _jobs.Fetched.Should().ContainSingle();
    }

    [Fact]
    public async Task A_link_whose_time_is_up_is_renewed_before_it_is_used()
    {
        using var result = Read(
            """[{"filename":"a.csv","block_number":1,"download_expires_in_seconds":900,"download_url":"https://api.sixtyfour.test/old"}]""");
        _jobs.Job("job-1", "title\nCEO\n");
        _jobs.AnswersStatusWith("""[{"filename":"a.csv","block_number":1,"download_url":"https://api.sixtyfour.test/files/job-1"}]""");
        _jobs.Clock.Advance(TimeSpan.FromMinutes(15));

        (await result.ReadRowsAsync(Token).ToListAsync(Token)).Should().ContainSingle();
        _jobs.Fetched.Select(address => address.AbsolutePath).Should().Equal("/job-status/job-1", "/files/job-1");
    }

    [Theory]
    [InlineData("ftp://files.test/a.csv", "*not an http or https address*")]
    [InlineData("http://files.test/a.csv?sig=secret", "*http://files.test without encryption*")]
    public async Task A_link_of_another_kind_is_not_followed(string link, string expected)
    {
        using var result = Read($$"""[{"filename":"a.csv","download_url":"{{link}}"}]""");
        var reading = () => result.OpenReadAsync(Token);

        (await reading.Should().ThrowAsync<InvalidResponseException>()).WithMessage(expected);
        _jobs.Fetched.Should().BeEmpty();
    }

    [Fact]
    public async Task An_open_stream_outlives_the_result()
    {
        var result = BulkResults.Read(_jobs.Job("job-1", "title\nCEO\n"), _jobs.Files);
        await using var stream = await result.OpenReadAsync(Token);
        result.Dispose();

        stream.Position = 6;
        (await new StreamReader(stream).ReadToEndAsync(Token)).Should().Be("CEO\n");
        var opening = () => result.OpenReadAsync(Token);
        await opening.Should().ThrowAsync<ObjectDisposedException>();
    }

    public sealed record Lead(string? Name, string? Title);

    public sealed record Title([property: System.Text.Json.Serialization.JsonPropertyName("title")] string? Name);

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw Full();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw Full();

        private static IOException Full() => new("No space left on device");
    }

    private BulkResult Read(string entries) => BulkResults.Read(FinishedJobs.Job("job-1", entries, 30), _jobs.Files);
}
