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
    /// <param name="address">Where it goes.</param>
    public static WatchedSend Watch(SentContent? content, Uri address) => Current.Value = new(content, address);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var watched = Current.Value;
        if (!MayPass(request, watched))
        {
            throw new ResendRefusedException();
        }

        var sentTo = request.RequestUri;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (watched is not null && sentTo is not null && response.RequestMessage?.RequestUri is { } answeredBy && !IsSame(sentTo, answeredBy))
        {
            watched.FollowedTo = answeredBy;
        }

        return response;
    }

    private static bool MayPass(HttpRequestMessage request, WatchedSend? watched)
    {
        if ((request.Content as SentContent ?? watched?.Content) is { } content)
        {
            if (!content.MayBeSent())
            {
                return false;
            }

            // A body that a handler made in place of ours does not report when it is sent, so it counts as sent beforehand.
            if (request.Content is not SentContent && watched?.IsAddressOf(request) is not false)
            {
                content.MarkSentAsCopy();
            }

            return true;
        }

        // What changes something is never sent without a body of ours: this is a copy of unknown origin, sent by a handler from a flow of its own.
        return watched is not null || (request.Content is null && request.Method == HttpMethod.Get);
    }

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) is 0;
}

/// <summary>What is being sent in an asynchronous flow.</summary>
internal sealed class WatchedSend(SentContent? content, Uri address)
{
    public SentContent? Content { get; } = content;

    /// <summary>Where the answer came from if that is not where the request was sent: the handler of the connections followed a redirect.</summary>
    public Uri? FollowedTo { get; set; }

    // A handler may have replaced the host by that of a gateway; a request for something else, such as a token, goes to another path.
    public bool IsAddressOf(HttpRequestMessage request) =>
        request.RequestUri is { AbsolutePath: var path }
        && (path == address.AbsolutePath || path.EndsWith(LastSegment(address), StringComparison.Ordinal));

    private static string LastSegment(Uri address) => address.AbsolutePath.Substring(address.AbsolutePath.LastIndexOf('/'));
}

/// <summary>Some handler tried to send a request again that may have been accepted.</summary>
internal sealed class ResendRefusedException()
    : Exception(
        "A handler tried to send again a request that costs money and may already have been accepted, or a copy of it of unknown origin. It was not sent.");
