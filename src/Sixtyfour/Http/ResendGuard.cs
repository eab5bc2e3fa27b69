namespace Sixtyfour.Http;

/// <summary>
/// The innermost handler: a paid request passes it once. A handler that the application puts above it, such as one that retries, cannot make it cost twice.
/// </summary>
internal sealed class ResendGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Ambient and not a header or a property, because a handler that retries may clone the request and leave those out.
    private static readonly AsyncLocal<WatchedSend?> Current = new();

    /// <summary>Sets what is sent in this asynchronous flow from now on.</summary>
    /// <param name="content">Its body; null for a request without one.</param>
    /// <param name="address">Where it goes; for a file, the service.</param>
    public static WatchedSend Watch(SentContent? content, Uri address) => Current.Value = new(content, address);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A loop that a handler started during a call keeps that call's flow for ever; what it sends after the call belongs to another one.
        var watched = Current.Value is { HasEnded: false } live ? live : null;
        ThrowIfRefused(request, watched);

        var sentTo = request.RequestUri;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (watched is not null && sentTo is not null && response.RequestMessage?.RequestUri is { } answeredBy && !IsSame(sentTo, answeredBy))
        {
            watched.FollowedTo = answeredBy;
        }

        return response;
    }

    private static void ThrowIfRefused(HttpRequestMessage request, WatchedSend? watched)
    {
        if (request.Content is not SentContent && !CanBePlaced(request, watched))
        {
            throw new ResendRefusedException(
                "a handler of the application sent a copy of it from another asynchronous flow, which was refused: such a copy might be sent twice");
        }

        if ((request.Content as SentContent ?? watched?.Content) is not { } content)
        {
            return;
        }

        if (!content.MayBeSent())
        {
            throw new ResendRefusedException();
        }

        // A body that a handler made in place of ours does not report when it is sent, so it counts as sent beforehand.
        if (request.Content is not SentContent && watched?.IsAddressOf(request) is not false)
        {
            content.MarkSentAsCopy();
        }
    }

    // What changes something is never sent without a body of ours. Without it, the request must be a copy of what this flow sends, or one of a handler's own,
    // such as for a token; anything else may be the copy of a paid request that another flow sends and this one would not count.
    private static bool CanBePlaced(HttpRequestMessage request, WatchedSend? watched) =>
        (request.Content is null && request.Method == HttpMethod.Get)
        || (watched is not null && (watched.Content is { MayBeRepeated: false } || watched.IsCopy(request) || watched.IsForElsewhere(request)));

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) is 0;
}

/// <summary>What is being sent in an asynchronous flow.</summary>
internal sealed class WatchedSend(SentContent? content, Uri address)
{
    private volatile bool _hasEnded;

    public SentContent? Content { get; } = content;

    /// <summary>Where the answer came from if that is not where the request was sent: the handler of the connections followed a redirect.</summary>
    public Uri? FollowedTo { get; set; }

    /// <summary>Its call no longer waits for it.</summary>
    public bool HasEnded => _hasEnded;

    public void End() => _hasEnded = true;

    public bool IsCopy(HttpRequestMessage request) => Content is not null && IsAddressOf(request);

    // The key is for the service alone, so a request that carries it is none of a handler's own.
    public bool IsForElsewhere(HttpRequestMessage request) =>
        request.RequestUri is { IsAbsoluteUri: true } target
        && !string.Equals(target.Authority, address.Authority, StringComparison.OrdinalIgnoreCase)
        && !request.Headers.Contains(RequestMessage.KeyHeader);

    // A handler may have replaced the host by that of a gateway; a request for something else, such as a token, goes to another path.
    public bool IsAddressOf(HttpRequestMessage request) =>
        request.RequestUri is { AbsolutePath: var path }
        && (path == address.AbsolutePath || path.EndsWith(LastSegment(address), StringComparison.Ordinal));

    private static string LastSegment(Uri address) => address.AbsolutePath.Substring(address.AbsolutePath.LastIndexOf('/'));
}

/// <summary>Some handler tried to send a request again that may have been accepted.</summary>
internal sealed class ResendRefusedException(string reason = "a handler of the application tried to send it again, which was refused")
    : Exception($"A request that may cost money was not sent: {reason}.")
{
    /// <summary>A clause about the request as "it".</summary>
    public string Reason { get; } = reason;
}
