namespace Sixtyfour.Http;

/// <summary>
/// The innermost handler: a paid request passes it once. Whatever an application puts above, such as a handler that retries, cannot make it cost twice.
/// </summary>
internal sealed class ResendGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Ambient and not a header or a property, because a handler that retries may clone the request and leave those out.
    private static readonly AsyncLocal<WatchedSend?> Current = new();

    /// <summary>Names what is being sent from here on in this asynchronous flow.</summary>
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

            // A body that a handler put in the place of ours tells nothing when it leaves, so it counts as gone before it does.
            if (request.Content is not SentContent && watched?.IsAddressOf(request) is not false)
            {
                content.LeavesAsCopy();
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

    /// <summary>Where the answer came from when it was not the address that the request was sent to: the handler of the connections followed a redirect.</summary>
    public Uri? FollowedTo { get; set; }

    // The host may have been replaced by a handler that knows a gateway; a request for a token, say, goes to another path.
    public bool IsAddressOf(HttpRequestMessage request) =>
        request.RequestUri is { } uri && (uri.AbsolutePath == address.AbsolutePath || uri.AbsolutePath.EndsWith(LastSegment(address), StringComparison.Ordinal));

    private static string LastSegment(Uri address) => address.AbsolutePath.Substring(address.AbsolutePath.LastIndexOf('/'));
}

/// <summary>Some handler tried to send a request again that may have been accepted.</summary>
internal sealed class ResendRefusedException()
    : Exception("A handler tried to send again a request that costs money and may already have been accepted, or a copy of it whose origin is unknown. It was not sent.");
