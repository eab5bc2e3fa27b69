using System.Text;
using Sixtyfour.Bulk;
using Sixtyfour.Files;
using Sixtyfour.Http;

namespace Sixtyfour.Tests.Bulk;

public sealed class UploadBytesTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Two_parts_leave_just_as_a_browser_would_write_them()
    {
        var upload = await UploadAsync("name\nNadia Okafor\n");

        var bytes = await WriteAsync(upload, new Progress());

        Encoding.UTF8.GetString(bytes).Should().Be(
            "--b64\r\n"
            + "Content-Disposition: form-data; name=\"config\"\r\n"
            + "\r\n"
            + "{\"struct\":{}}\r\n"
            + "--b64\r\n"
            + $"Content-Disposition: form-data; name=\"file\"; filename=\"{Path.GetFileName(_path)}\"\r\n"
            + "Content-Type: text/csv\r\n"
            + "\r\n"
            + "name\nNadia Okafor\n\r\n"
            + "--b64--\r\n");
        upload.Length.Should().Be(bytes.Length);
        upload.ContentType.Should().Be("multipart/form-data; boundary=b64");
    }

    [Fact]
    public async Task Every_time_the_same_bytes_leave_also_at_the_same_time()
    {
        var upload = await UploadAsync("name\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"n{i}\n")));

        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WriteAsync(upload, new Progress())));

        written.Should().AllSatisfy(bytes => bytes.Should().Equal(written[0]));
    }

    [Theory]
    [InlineData("name\nNadia Okafur\n")]
    [InlineData("name\n")]
    public async Task A_file_that_changed_never_gets_its_end(string changed)
    {
        var upload = await UploadAsync("name\nNadia Okafor\n");
        await File.WriteAllTextAsync(_path, changed, Token);
        var progress = new Progress();

        (await FluentActions.Awaiting(() => WriteAsync(upload, progress)).Should().ThrowAsync<BulkInputChangedException>())
            .WithMessage("*changed after it was counted*");

        progress.Failure.Should().BeOfType<BulkInputChangedException>();
        progress.Seen.Should().NotContain("end");
    }

    [Fact]
    public async Task A_file_that_grew_is_sent_as_it_was_counted()
    {
        var upload = await UploadAsync("name\nNadia Okafor\n");
        await File.AppendAllTextAsync(_path, "another\n", Token);

        var bytes = await WriteAsync(upload, new Progress());

        Encoding.UTF8.GetString(bytes).Should().Contain("Nadia Okafor\n\r\n--b64--").And.NotContain("another");
    }

    [Fact]
    public async Task The_end_is_announced_before_it_leaves()
    {
        var upload = await UploadAsync("name\nNadia Okafor\n");
        var progress = new Progress();

        await WriteAsync(upload, progress);

        progress.Seen.Should().Equal("moved", "moved", "end", "moved", "sent");
    }

    [Fact]
    public async Task Quotes_and_line_ends_in_a_file_name_cannot_leave_their_place()
    {
        var upload = new BulkUpload("b64", "{}"u8.ToArray(), new PreparedFile("a\"\r\nX: y.csv", FileFormat.Csv, () => ByteReader.Of(new MemoryStream(), true))
        {
            Length = 0,
            Rows = 0,
            Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        });

        Encoding.UTF8.GetString(await WriteAsync(upload, new Progress())).Should().Contain("filename=\"a%22%0D%0AX: y.csv\"\r\n");
    }

    private async Task<BulkUpload> UploadAsync(string text)
    {
        await File.WriteAllTextAsync(_path, text, Token);
        var file = await BulkFile.FromPath(_path).Source.PrepareAsync(null!, BulkLimits.OfService, Token);
        return new BulkUpload("b64", "{\"struct\":{}}"u8.ToArray(), file);
    }

    private static async Task<byte[]> WriteAsync(BulkUpload upload, Progress progress)
    {
        using var stream = new MemoryStream();
        await upload.WriteAsync(stream, progress, Token);
        return stream.ToArray();
    }

    private sealed class Progress : ISendProgress
    {
        public List<string> Seen { get; } = [];

        public Exception? Failure { get; private set; }

        public void Moved() => Seen.Add("moved");

        public void BeforeLastBytes() => Seen.Add("end");

        public void Sent() => Seen.Add("sent");

        public void SourceFailed(Exception failure) => Failure = failure;
    }
}
