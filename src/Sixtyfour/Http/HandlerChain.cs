namespace Sixtyfour.Http;

/// <summary>Prepares every chain of handlers: the guard directly above the connections, and no redirects.</summary>
internal static class HandlerChain
{
    /// <exception cref="ArgumentException">The chain was used before, or its last handler has no inner handler, so it cannot be guarded.</exception>
    public static HttpMessageHandler Guard(HttpMessageHandler first, bool sendsTraceContext)
    {
        if (first is not DelegatingHandler last)
        {
            Restrict(first, sendsTraceContext);
            return new ResendGuard(first);
        }

        // A handler that repeats requests may itself be the "primary" one, so the guard goes below the last of them.
        while (last.InnerHandler is DelegatingHandler next)
        {
            last = next;
        }

        if (last is not ResendGuard)
        {
            var connections = last.InnerHandler
                ?? throw new ArgumentException($"{last.GetType().Name} has no inner handler, so nothing could be sent.", nameof(first));
            Restrict(connections, sendsTraceContext);
            Attach(last, new ResendGuard(connections));
        }

        return first;
    }

    private static void Attach(DelegatingHandler last, ResendGuard guard)
    {
        try
        {
            last.InnerHandler = guard;
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException(
                $"{last.GetType().Name} has sent requests before, so paid ones cannot be guarded below it: give the client a handler of its own.",
                nameof(last),
                e);
        }
    }

    // Following a redirect would send the key to another origin and turn a paid POST into a GET.
    private static void Restrict(HttpMessageHandler connections, bool sendsTraceContext)
    {
        try
        {
            PrimaryHandler.Restrict(connections, sendsTraceContext);
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException(
                $"{connections.GetType().Name} follows redirects and was used before: set AllowAutoRedirect to false, or give the client its own handler.",
                nameof(connections),
                e);
        }
    }
}
