using System.Globalization;
using System.Net;
using System.Text;

namespace Sixtyfour.Http;

/// <summary>What the vendor's support needs to find an exchange again.</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Address">Of the request.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="RequestId">The service's name for the exchange.</param>
/// <param name="At">When the answer began.</param>
internal sealed record AnswerHead(HttpMethod Method, Uri Address, HttpStatusCode Status, string? RequestId, DateTimeOffset At)
{
    public static AnswerHead Of(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset at) => new(
        request.Method,
        request.RequestUri!,
        response.StatusCode,
        response.Headers.TryGetValues("x-request-id", out var ids) ? string.Join(", ", ids) : null,
        at);

    /// <summary>One text to paste. Without the query of the address, which may be a secret, and without the key.</summary>
    public string Describe(Call call, SixtyfourException error)
    {
        var text = new StringBuilder();
        Add(text, "Request", $"{Method} {PersonalData.Mask(SafeAddress.Of(Address))}");
        Add(text, "Time", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Add(text, "Status", ((int)Status).ToString(CultureInfo.InvariantCulture));
        Add(text, "Request id", RequestId is null ? null : BodyText.MaskKey(RequestId, call.Key));
        Add(text, "Job id", error.JobId);
        Add(text, "Attempts", call.Attempts.ToString(CultureInfo.InvariantCulture));
        Add(text, "User-Agent", RequestMessage.UserAgent);
        Add(text, "Content-Type", call.Request.Body?.ContentType);
        Add(text, "Idempotency-Key", call.Request.IdempotencyKey);
        Add(text, "Error", error.Message);
        return text.ToString().TrimEnd();
    }

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }
    }
}
