using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>
/// What makes two deliveries to one endpoint the same event: the same body; or, once it was handled, the same event id about the same job or run. The id alone
/// is not enough: it is not signed, so replaying one delivery with the id of another could make the other look handled.
/// </summary>
/// <param name="Body">The key of the body. While an event is handled, only a delivery with the same body waits for it: the id is not signed.</param>
/// <param name="Event">The key of the event id and its subject; null without them.</param>
internal sealed record EventKeys(string Body, string? Event)
{
    public static EventKeys Of(string endpoint, ReadOnlySpan<byte> body, WebhookEvent received)
    {
        var ofBody = Key("body", $"{endpoint}\n{Convert.ToHexString(SHA256.HashData(body))}");
        return new(ofBody, received.EventId is { } id && Subject(received) is { } subject ? Key("event", $"{endpoint}\n{id}\n{subject}") : null);
    }

    public IEnumerable<string> All() => Event is null ? [Body] : [Body, Event];

    private static string Key(string kind, string text) => $"sixtyfour:webhook:{kind}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string? Subject(WebhookEvent received) => received switch
    {
        JobEvent job => job.JobId,
        WorkflowEvent workflow => workflow.RunId,
        _ => null,
    };
}
