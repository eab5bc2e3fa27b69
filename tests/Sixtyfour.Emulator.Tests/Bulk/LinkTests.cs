using System.Net;

namespace Sixtyfour.Emulator.Tests.Bulk;

public sealed class LinkTests
{
    [Fact]
    public async Task A_link_leads_to_the_file()
    {
        await using var wire = await Wire.StartAsync();
        var file = (await wire.FilesAsync(await wire.SubmitAsync()))[0];

        var response = await wire.DownloadAsync(file);

        (await BulkWire.TextOf(response)).Should().Be(BulkWire.Csv);
        response.Content.Headers.ContentLength.Should().Be((long)file["file_size"]!);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/csv");
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "name", "bytes 0-3/")]
    [InlineData("bytes=5-", 206, "company\nA,B\n", "bytes 5-16/")]
    [InlineData("bytes=-4", 206, "A,B\n", "bytes 13-16/")]
    [InlineData("bytes=13-999", 206, "A,B\n", "bytes 13-16/")]
    [InlineData("bytes=17-", 416, "", "bytes */17")]
    [InlineData("bytes=-0", 416, "", "bytes */17")]
    [InlineData("bytes=-999", 206, "name,company\nA,B\n", "bytes 0-16/")]
    [InlineData("bytes=16-9223372036854775807", 206, "\n", "bytes 16-16/")]
    [InlineData("bytes=16-9223372036854775808", 200, "name,company\nA,B\n", null)]
    [InlineData("bytes=5-2", 200, "name,company\nA,B\n", null)]
    [InlineData("bytes=-", 200, "name,company\nA,B\n", null)]
    [InlineData("bytes=--5", 200, "name,company\nA,B\n", null)]
    [InlineData("bytes=0-1,4-5", 200, "name,company\nA,B\n", null)]
    [InlineData("lines=0-1", 200, "name,company\nA,B\n", null)]
    public async Task Ranges_are_understood(string range, int status, string content, string? contentRange)
    {
        await using var wire = await Wire.StartAsync();
        var file = (await wire.FilesAsync(await wire.SubmitAsync("name,company\nA,B\n")))[0];

        var response = await wire.DownloadAsync(file, range);

        ((int)response.StatusCode).Should().Be(status);
        (await BulkWire.TextOf(response)).Should().Be(content);
        (response.Content.Headers.ContentRange?.ToString() ?? "").Should().StartWith(contentRange ?? "");
    }

    [Fact]
    public async Task A_range_of_another_version_is_answered_with_the_whole_file()
    {
        await using var wire = await Wire.StartAsync();
        var file = (await wire.FilesAsync(await wire.SubmitAsync()))[0];
        var tag = (await wire.DownloadAsync(file)).Headers.ETag!.ToString();

        (await wire.DownloadAsync(file, "bytes=1-", tag)).StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await wire.DownloadAsync(file, "bytes=1-", "\"another\"")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_expires_and_polling_again_gives_a_fresh_one()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var submitted = await wire.SubmitAsync();
        wire.Emulator.Advance(TimeSpan.FromMinutes(10));
        var file = (await wire.FilesAsync(submitted))[0];

        wire.Emulator.Advance(TimeSpan.FromSeconds(899));
        (await wire.DownloadAsync(file)).StatusCode.Should().Be(HttpStatusCode.OK);
        wire.Emulator.Advance(TimeSpan.FromSeconds(1));
        (await wire.DownloadAsync(file)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        (await wire.DownloadAsync((await wire.FilesAsync(submitted))[0])).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_answer_to_an_expired_link_is_a_choice()
    {
        await using var wire = await Wire.StartOnManualClockAsync(
            options => (options.LinkLifetime, options.ExpiredLinkStatus) = (TimeSpan.FromSeconds(5), HttpStatusCode.Gone));
        var submitted = await wire.SubmitAsync();
        wire.Emulator.Advance(TimeSpan.FromMinutes(10));
        var file = (await wire.FilesAsync(submitted))[0];

        wire.Emulator.Advance(TimeSpan.FromSeconds(5));

        (await wire.DownloadAsync(file)).StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_link_needs_the_key_unless_told_otherwise()
    {
        await using var strict = await Wire.StartAsync();
        await using var lenient = await Wire.StartAsync(options => options.LinksNeedKey = false);
        var refused = (await strict.FilesAsync(await strict.SubmitAsync()))[0];
        var open = (await lenient.FilesAsync(await lenient.SubmitAsync()))[0];
        strict.Http.DefaultRequestHeaders.Clear();
        lenient.Http.DefaultRequestHeaders.Clear();

        (await strict.DownloadAsync(refused)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await lenient.DownloadAsync(open)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("signature=", "signature=00")]
    [InlineData("expires=", "expires=9")]
    [InlineData("/1/", "/2/")]
    [InlineData("expires=", "expires=never")]
    [InlineData("expires=", "expires=1&expires=")]
    [InlineData("expires=", "later=")]
    [InlineData("/1/", "/../1/x/")]
    [InlineData("/input.csv", "/%2e%2e/input.csv")]
    [InlineData("?", "?x=")]
    public async Task A_link_that_was_changed_leads_nowhere(string part, string changed)
    {
        await using var wire = await Wire.StartAsync();
        var link = BulkWire.LinkOf((await wire.FilesAsync(await wire.SubmitAsync()))[0]).AbsoluteUri;

        (await wire.Http.GetAsync(new Uri(link.Replace(part, changed, StringComparison.Ordinal)), TestContext.Current.CancellationToken)).StatusCode
            .Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_link_leads_to_where_the_client_found_the_api()
    {
        await using var wire = await Wire.StartAsync();
        var id = (string)(await wire.SubmitAsync())["task_id"]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/job-status/{id}") { Headers = { Host = "sixtyfour.example:6464" } };

        var status = await Wire.JsonOf(await wire.Http.SendAsync(request, TestContext.Current.CancellationToken));

        var link = BulkWire.LinkOf(status["results"]![0]!);
        link.Authority.Should().Be("sixtyfour.example:6464");
        (await BulkWire.TextOf(await wire.GetAsync(link.PathAndQuery))).Should().Be(BulkWire.Csv);
    }

    [Fact]
    public async Task A_link_keeps_the_prefix_of_the_address()
    {
        await using var wire = await Wire.StartAsync(options => options.Url = new Uri("http://127.0.0.1:0/v1"));
        wire.Http.BaseAddress = new Uri(wire.Emulator.Endpoint, "/");
        var submitted = await wire.SubmitAsync(path: "/v1" + BulkWire.People);
        var status = await Wire.JsonOf(await wire.GetAsync($"/v1/job-status/{submitted["task_id"]}"));

        var file = status["results"]![0]!;

        BulkWire.LinkOf(file).AbsolutePath.Should().StartWith("/v1/bulk-files/");
        (await BulkWire.TextOf(await wire.DownloadAsync(file))).Should().Be(BulkWire.Csv);
    }

    [Fact]
    public async Task A_forgotten_job_has_no_files()
    {
        await using var wire = await Wire.StartAsync();
        var file = (await wire.FilesAsync(await wire.SubmitAsync()))[0];

        wire.Emulator.Reset();

        (await wire.DownloadAsync(file)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Downloads_can_break()
    {
        await using var wire = await Wire.StartAsync();
        var file = (await wire.FilesAsync(await wire.SubmitAsync()))[0];
        wire.Emulator.Inject(Fault.TruncatesTheBody(keepBytes: 10), "/bulk-files/*");

        await FluentActions.Awaiting(() => wire.DownloadAsync(file)).Should().ThrowAsync<HttpRequestException>();
        (await wire.DownloadAsync(file)).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
