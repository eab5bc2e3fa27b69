using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Faults;

/// <summary>Answers that come instead of the service's own.</summary>
internal static class Refusals
{
    public static Reply JobNotFound => Reply.Detail(HttpStatusCode.NotFound, "Job not found");

    public static Reply InvalidKey => Reply.Error(HttpStatusCode.Unauthorized, "Invalid API key");

    public static Reply InsufficientCredits => Reply.Error(HttpStatusCode.PaymentRequired, "Insufficient credits");

    public static Reply WebPage => new(200, "<!doctype html><title>Sign in</title><p>Sign in to use this network."u8.ToArray(), "text/html; charset=utf-8");

    public static Reply Of(HttpStatusCode status, string? body) =>
        body is not null ? new((int)status, Encoding.UTF8.GetBytes(body), LooksLikeJson(body) ? Reply.JsonType : "text/plain; charset=utf-8") : Of(status);

    private static bool LooksLikeJson(string body) => body.AsSpan().TrimStart() is ['{' or '[' or '"', ..];

    private static Reply Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => Reply.Error(status, "Invalid lead information"),
        HttpStatusCode.Unauthorized => InvalidKey,
        HttpStatusCode.PaymentRequired => InsufficientCredits,
        HttpStatusCode.Forbidden => Reply.Error(status, "This feature is not enabled for your organization"),
        HttpStatusCode.NotFound => Reply.Detail(status, "Not Found"),
        HttpStatusCode.Conflict => Reply.Detail(status, "Conflict"),
        HttpStatusCode.TooManyRequests => Reply.TooManyRequests(null),
        HttpStatusCode.InternalServerError => Reply.Error(status, "An unexpected error occurred"),
        HttpStatusCode.NoContent => new((int)status, default, null),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => Reply.Gateway(status),
        _ when (int)status < 300 => Reply.Of(status, new JsonObject()),
        _ => Reply.Error(status, status.ToString()),
    };
}
