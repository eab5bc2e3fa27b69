using System.Net;
using System.Net.Sockets;
using System.Text;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Bulk;

/// <summary>Forms as other programs write them, and bodies that are none.</summary>
public sealed class MultipartTests
{
    private const string Config = "--b\r\nContent-Disposition: form-data; name=\"config\"\r\n\r\n" + BulkWire.Title + "\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("filename=\"people.csv\"")]
    [InlineData("filename=people.csv")]
    [InlineData("filename=\"the \\\"best\\\" people.csv\"")]
    [InlineData("filename=\"..\\\\..\\\\people.csv\"")]
    [InlineData("filename=\"../../etc/people.csv\"")]
    [InlineData("filename*=utf-8''%C3%85sa%20people.csv")]
    [InlineData("filename=\"people\"; filename*=UTF-8''people.csv")]
    public async Task A_file_name_may_be_written_in_any_of_the_standard_ways(string fileName)
    {
        await using var wire = await Wire.StartAsync();

        var response = await SendAsync(wire, Config + File(fileName, "name\nA\n") + "--b--\r\n");

        response.StatusCode.Should().Be(HttpStatusCode.OK, await BulkWire.TextOf(response));
        wire.Emulator.Jobs.Should().ContainSingle().Which.Rows.Should().Be(1);
    }

    [Fact]
    public async Task Of_two_files_and_of_two_configs_the_last_one_counts()
    {
        await using var wire = await Wire.StartAsync();
        const string Other = "--b\r\nContent-Disposition: form-data; name=\"config\"\r\n\r\nnonsense\r\n";

        await SendAsync(wire, Other + Config + File("filename=\"a.txt\"", "x") + File("filename=\"b.csv\"", "name\nA\nB\n") + "--b--\r\n");

        wire.Emulator.Jobs.Should().ContainSingle().Which.Rows.Should().Be(2);
    }

    [Fact]
    public async Task Parts_that_nobody_knows_are_passed_over_however_many_they_are()
    {
        await using var wire = await Wire.StartAsync();
        var others = string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\nx\r\n--b\r\n\r\nno name\r\n", 5_000));

        (await SendAsync(wire, others + Config + File("filename=\"a.csv\"", "name\nA\n") + "--b--\r\n")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_last_boundary_nothing_is_started()
    {
        await using var wire = await Wire.StartAsync();

        (await SendAsync(wire, Config + File("filename=\"a.csv\"", "name\nA\n"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);

        wire.Emulator.Jobs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_part_with_an_endless_head_is_refused()
    {
        await using var wire = await Wire.StartAsync();

        (await SendAsync(wire, $"--b\r\nX-More: {new string('x', 100_000)}\r\n\r\n\r\n--b--\r\n")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("application/json; boundary=b")]
    [InlineData("nonsense")]
    [InlineData("long")]
    public async Task A_content_type_that_is_no_form_is_refused(string contentType)
    {
        await using var wire = await Wire.StartAsync();

        var response = await SendAsync(
            wire, Config + File("filename=\"a.csv\"", "name\nA\n") + "--b--\r\n",
            contentType == "long" ? $"multipart/form-data; boundary={new string('b', 5_000)}" : contentType);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest, await BulkWire.TextOf(response));
    }

    [Fact]
    public async Task An_upload_may_have_no_length_and_ask_first()
    {
        await using var wire = await Wire.StartAsync();
        using var request = Request(Config + File("filename=\"a.csv\"", "name\nA\n") + "--b--\r\n");
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        (await wire.Http.SendAsync(request, Token)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_upload_without_a_length_is_read_no_further_than_the_limit()
    {
        await using var wire = await Wire.StartAsync();
        using var request = Request(Config + File("filename=\"a.csv\"", new string('x', 100_000_001)) + "--b--\r\n");
        request.Headers.TransferEncodingChunked = true;

        (await wire.Http.SendAsync(request, Token)).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_empty_key_is_no_key()
    {
        await using var wire = await Wire.StartAsync();

        for (var i = 0; i < 2; i++)
        {
            using var request = Request(Config + File("filename=\"a.csv\"", "name\nA\n") + "--b--\r\n");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", "");
            await wire.Http.SendAsync(request, Token);
        }

        wire.Emulator.Jobs.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_leaves_in_the_middle_starts_nothing_and_has_no_answer(bool withReset)
    {
        await using var wire = await Wire.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(wire.Emulator.Endpoint.Host, wire.Emulator.Endpoint.Port, Token);
            var head = $"POST {BulkWire.People} HTTP/1.1\r\nHost: x\r\nx-api-key: {wire.Emulator.ApiKey}\r\n"
                + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + Config + File("filename=\"a.csv\"", "name\nA\n")), Token);
            await Eventually.TrueAsync(() => wire.Emulator.Requests.Count == 1);
            client.LingerState = new(withReset, 0);
        }

        await Eventually.TrueAsync(() => wire.Emulator.ConnectionsOpen == 0);
        wire.Emulator.Jobs.Should().BeEmpty();
        wire.Emulator.Requests.Single().StatusCode.Should().BeNull();
        await wire.SubmitAsync();
    }

    private static string File(string fileName, string content) => $"--b\r\nContent-Disposition: form-data; name=\"file\"; {fileName}\r\n\r\n{content}\r\n";

    private static async Task<HttpResponseMessage> SendAsync(Wire wire, string body, string contentType = "multipart/form-data; boundary=b")
    {
        using var request = Request(body, contentType);
        return await wire.Http.SendAsync(request, Token);
    }

    private static HttpRequestMessage Request(string body, string contentType = "multipart/form-data; boundary=b")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return new(HttpMethod.Post, new Uri(BulkWire.People, UriKind.Relative)) { Content = content };
    }
}
