namespace Sixtyfour.Http;

/// <summary>
/// The innermost handler: a paid request passes it once. Whatever an application puts above, such as a handler that retries, cannot make it cost twice.
/// </summary>
internal sealed class ResendGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Ambient and not a header or a property, because a handler that retries may clone the request and leave those out.
    private static readonly AsyncLocal<SentContent?> Current = new();
    private static readonly SentContent Repeatable = new(ReadOnlyMemory<byte>.Empty, mayBeRepeated: true, CancellationToken.None);

    /// <summary>Names what is being sent from here on in this asynchronous flow; null for a request without a body.</summary>
    public static void Watch(SentContent? content) => Current.Value = content ?? Repeatable;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content as SentContent ?? Current.Value;
        // Nobody knows whose copy of a request this is: a handler has sent it from a flow of its own.
        var isForeign = content is null && request.Content is not null;
        return isForeign || content?.MayBeSent() is false ? throw new ResendRefusedException() : base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Some handler tried to send a request again that may have been accepted.</summary>
internal sealed class ResendRefusedException()
    : Exception("A handler tried to send again a request that costs money and may already have been accepted, or a copy of it whose origin is unknown. It was not sent.");
