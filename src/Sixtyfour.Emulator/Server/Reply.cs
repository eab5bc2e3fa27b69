using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Server;

/// <summary>An answer before it is sent.</summary>
internal sealed record Reply(int Status, ReadOnlyMemory<byte> Body, string? ContentType = Reply.JsonType)
{
    public const string JsonType = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Sent in place of <see cref="Body"/>.</summary>
    public FilePart? File { get; init; }

    /// <summary>What an error says, where its form can be chosen; null for other answers.</summary>
    public string? ErrorText { get; init; }

    public long Length => File?.Length ?? Body.Length;

    /// <summary>When the work behind the answer is done; null when it is already.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    public static Reply Ok(JsonNode body) => Of(HttpStatusCode.OK, body);

    public static Reply Of(HttpStatusCode status, JsonNode body) => new((int)status, JsonText.Write(body));

    /// <summary>An error with two texts, the form of the vendor's errors page.</summary>
    public static Reply Error(HttpStatusCode status, string message) =>
        Of(status, new JsonObject { ["error"] = Title(status), ["message"] = message }) with { ErrorText = message };

    /// <summary>An error as a gateway before the service sends it: without a body.</summary>
    public static Reply Gateway(HttpStatusCode status) => new((int)status, default, null) { ErrorText = Title(status) };

    /// <summary>An error with one text.</summary>
    public static Reply Detail(HttpStatusCode status, string detail) => Of(status, new JsonObject { ["detail"] = detail });

    public static Reply MethodNotAllowed(string allowed) =>
        Detail(HttpStatusCode.MethodNotAllowed, "Method Not Allowed") with { Headers = [("Allow", allowed)] };

    public static Reply TooManyRequests(TimeSpan? retryAfter) => Error(HttpStatusCode.TooManyRequests, "Rate limit exceeded").RetryAfter(retryAfter);

    public Reply RetryAfter(TimeSpan? wait) => wait is { } time ? this with { Headers = [.. Headers, ("Retry-After", WholeSeconds(time))] } : this;

    /// <summary>The same error in the wanted form.</summary>
    public Reply As(ErrorForm form)
    {
        if (form is not ErrorForm.Detail || ErrorText is not { } text)
        {
            return this;
        }

        var reply = this with { Body = JsonText.Write(new JsonObject { ["detail"] = text }), ContentType = JsonType, ErrorText = null };
        var lacksWait = Status == (int)HttpStatusCode.ServiceUnavailable && !Headers.Any(header => header.Name == "Retry-After");
        return lacksWait ? reply.RetryAfter(TimeSpan.FromSeconds(1)) : reply;
    }

    /// <summary>The same with its bytes at hand.</summary>
    public async ValueTask<Reply> InMemoryAsync(CancellationToken cancellationToken) =>
        File is { } part ? this with { File = null, Body = await part.ReadAsync(cancellationToken).ConfigureAwait(false) } : this;

    private static string WholeSeconds(TimeSpan wait) => Math.Max(0, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static string Title(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => "Bad Request",
        HttpStatusCode.Unauthorized => "Unauthorized",
        HttpStatusCode.PaymentRequired => "Payment Required",
        HttpStatusCode.Forbidden => "Forbidden",
        HttpStatusCode.NotFound => "Not Found",
        HttpStatusCode.Conflict => "Conflict",
        HttpStatusCode.RequestEntityTooLarge => "Payload Too Large",
        HttpStatusCode.TooManyRequests => "Too Many Requests",
        HttpStatusCode.InternalServerError => "Internal Server Error",
        HttpStatusCode.BadGateway => "Bad Gateway",
        HttpStatusCode.ServiceUnavailable => "Service Unavailable",
        HttpStatusCode.GatewayTimeout => "Gateway Timeout",
        _ => status.ToString(),
    };
}
