using System.Net.Http.Headers;
using System.Reflection;

namespace Sixtyfour.Http;

/// <summary>Makes the message of one attempt from a request.</summary>
internal static class RequestMessage
{
    public const string KeyHeader = "x-api-key";

    public static readonly string UserAgent = $"sixtyfour-dotnet/{Version()}";

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        KeyHeader, "Authorization", "Host", "Idempotency-Key", "Connection", "Expect", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Proxy-Authorization",
    };

    public static HttpRequestMessage Create(Call call, Uri endpoint, string key, SentContent? content)
    {
        var request = call.Request;
        var message = new HttpRequestMessage(request.Method, Address(endpoint, request.Path)) { Content = content };
        message.Headers.TryAddWithoutValidation(KeyHeader, key);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (request.IdempotencyKey is not null)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", request.IdempotencyKey);
        }

        foreach (var header in call.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return message;
    }

    /// <summary>Requests a whole file or the rest of one. Compression is declined: ranges count the bytes on the wire.</summary>
    public static HttpRequestMessage CreateDownload(DownloadRequest request, string? key)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, request.Link);
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation(KeyHeader, key);
        }

        message.Headers.TryAddWithoutValidation("Accept", "*/*");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (request.Download.CanResume)
        {
            message.Headers.Range = new RangeHeaderValue(request.Download.Received, null);
            message.Headers.TryAddWithoutValidation("If-Range", request.Download.Validator);
        }

        return message;
    }

    /// <summary>Refuses headers that the SDK sets itself, and invalid ones, before anything is sent. Messages leave values out: they may be secret.</summary>
    public static void Check(RequestOptions? options)
    {
        if (options is not { Headers.Count: > 0 })
        {
            return;
        }

        using var probe = new HttpRequestMessage();
        foreach (var header in options.Headers)
        {
            if (Reserved.Contains(header.Key) || header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"Header '{header.Key}' is set by the SDK and cannot be given in {nameof(RequestOptions.Headers)}.", nameof(options));
            }

            var isPrintable = header.Value?.All(c => c is '\t' or (>= ' ' and <= '~')) is true;
            if (!isPrintable || !probe.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                throw new ArgumentException($"'{header.Key}' in {nameof(RequestOptions.Headers)} is not a valid request header.", nameof(options));
            }
        }
    }

    // A path prefix of the endpoint is kept, with or without its last slash.
    private static Uri Address(Uri endpoint, string path) => new($"{endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    private static string Version() =>
        typeof(RequestMessage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "0";
}
