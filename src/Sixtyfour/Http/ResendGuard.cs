namespace Sixtyfour.Http;

/// <summary>
/// The innermost handler: a paid request passes it once. Whatever an application puts above, such as a handler that retries, cannot make it cost twice.
/// </summary>
internal sealed class ResendGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Ambient and not a header or a property, because a handler that retries may clone the request and leave those out.
    private static readonly AsyncLocal<SentContent?> Current = new();

    /// <summary>False leaves the handler below to whoever made it.</summary>
    public bool OwnsInner { get; init; } = true;

    /// <summary>Names what is being sent from here on in this asynchronous flow; null when it may be sent as often as anybody likes.</summary>
    public static void Watch(SentContent? content) => Current.Value = content;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content as SentContent ?? Current.Value;
        return content is null || content.MayBeSent() ? base.SendAsync(request, cancellationToken) : throw new ResendRefusedException();
    }

    protected override void Dispose(bool disposing)
    {
        if (OwnsInner)
        {
            base.Dispose(disposing);
        }
    }
}

/// <summary>Some handler tried to send a request again that may have been accepted.</summary>
internal sealed class ResendRefusedException()
    : Exception("A handler tried to send again a request that costs money and may already have been accepted. It was not sent a second time.");
