using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Bulk;

/// <summary>Uploads as any HTTP client would send them.</summary>
internal static class BulkWire
{
    public const string People = "/bulk-intelligence/people";
    public const string Companies = "/bulk-intelligence/company";
    public const string Title = """{"struct": {"title": "Current job title"}}""";
    public const string Csv = "name,company\nNadia Okafor,Example Robotics\nPerson 2,Company 2\nPerson 3,Company 3\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> UploadAsync(
        this Wire wire, string content = Csv, string fileName = "people.csv", string? config = Title, string? key = null, string path = People) =>
        wire.UploadBytesAsync(Encoding.UTF8.GetBytes(content), fileName, config, key, path);

    public static async Task<HttpResponseMessage> UploadBytesAsync(
        this Wire wire, byte[]? content, string fileName = "people.csv", string? config = Title, string? key = null, string path = People)
    {
        using var form = new MultipartFormDataContent();
        if (content is not null)
        {
            form.Add(new ByteArrayContent(content), "file", fileName);
        }

        if (config is not null)
        {
            form.Add(new StringContent(config), "config");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await wire.Http.SendAsync(request, Token);
    }

    public static async Task<JsonObject> SubmitAsync(
        this Wire wire, string content = Csv, string fileName = "people.csv", string? config = Title, string? key = null, string path = People)
    {
        var response = await wire.UploadAsync(content, fileName, config, key, path);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Token));
        return await Wire.JsonOf(response);
    }

    /// <summary>The files of a finished job, the last stage last.</summary>
    public static async Task<IReadOnlyList<JsonNode>> FilesAsync(this Wire wire, JsonObject submitted) =>
        [.. (await wire.PollAsync((string)submitted["task_id"]!))["results"]!.AsArray().Select(file => file!)];

    public static Task<HttpResponseMessage> DownloadAsync(this Wire wire, JsonNode file, string? range = null, string? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, LinkOf(file));
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("Range", range), ("If-Range", ifRange)])
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return wire.Http.SendAsync(request, Token);
    }

    public static Uri LinkOf(JsonNode file) => new((string)file["download_url"]!);

    /// <summary>What a file of rows comes back as.</summary>
    public static async Task<string> EnrichedAsync(this Wire wire, string content, string fileName = "people.csv", string config = Title)
    {
        var files = await wire.FilesAsync(await wire.SubmitAsync(content, fileName, config));
        return await (await wire.DownloadAsync(files[^1])).Content.ReadAsStringAsync(Token);
    }

    public static async Task<string> TextOf(HttpResponseMessage response) => await response.Content.ReadAsStringAsync(Token);
}
