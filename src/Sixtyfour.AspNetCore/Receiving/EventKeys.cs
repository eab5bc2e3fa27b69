using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>
/// What makes two deliveries the same event: the same body; or the same event id about the same job or run. The id alone is not enough: it is not signed, so a
/// delivery that is replayed with the id of another could make the other look handled.
/// </summary>
internal static class EventKeys
{
    public static string[] Of(ReadOnlySpan<byte> body, WebhookEvent received)
    {
        var ofBody = "sixtyfour:webhook:body:" + Convert.ToHexString(SHA256.HashData(body));
        return received.EventId is { } id && Subject(received) is { } subject
            ? [ofBody, "sixtyfour:webhook:event:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{subject}")))]
            : [ofBody];
    }

    private static string? Subject(WebhookEvent received) => received switch
    {
        JobEvent job => job.JobId,
        WorkflowEvent workflow => workflow.RunId,
        _ => null,
    };
}
