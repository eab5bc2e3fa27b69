namespace Microsoft.Extensions.Http.Resilience.Testing
{
    /// <summary>Does what the well-known package does to every client of an application, with its name and shorter times.</summary>
    internal sealed class StandardResilienceHandler : Sixtyfour.IntegrationTests.Registration.ImpatientHandler;
}

namespace Sixtyfour.IntegrationTests.Registration
{
    /// <summary>Gives each try 200 ms and tries three more times.</summary>
    internal class ImpatientHandler : DelegatingHandler
    {
        private static readonly TimeSpan s_eachTry = TimeSpan.FromMilliseconds(200);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var retriesLeft = 3; ; retriesLeft--)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(s_eachTry);
                try
                {
                    return await base.SendAsync(await NextAsync(request), limit.Token);
                }
                catch (Exception e) when (retriesLeft > 0 && !cancellationToken.IsCancellationRequested)
                {
                    _ = e;
                }
                catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new TimeoutException("Each try took too long.", e);
                }
            }
        }

        /// <summary>The same message again, unless a test wants otherwise.</summary>
        protected virtual Task<HttpRequestMessage> NextAsync(HttpRequestMessage request) => Task.FromResult(request);
    }

    /// <summary>Sends a copy each time, with a copy of the content.</summary>
    internal sealed class CloningHandler : ImpatientHandler
    {
        protected override async Task<HttpRequestMessage> NextAsync(HttpRequestMessage request)
        {
            var body = await request.Content!.ReadAsByteArrayAsync();
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(body) };
            foreach (var header in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            copy.Content.Headers.ContentType = request.Content.Headers.ContentType;
            return copy;
        }
    }

    /// <summary>Holds the content in memory first, as handlers do that mean to send it again.</summary>
    internal sealed class BufferingHandler : ImpatientHandler
    {
        protected override async Task<HttpRequestMessage> NextAsync(HttpRequestMessage request)
        {
            await request.Content!.LoadIntoBufferAsync();
            return request;
        }
    }

    /// <summary>Reads the content to sign or log it, then sends a message of its own from another thread.</summary>
    internal sealed class ForkingHandler : ImpatientHandler
    {
        protected override async Task<HttpRequestMessage> NextAsync(HttpRequestMessage request)
        {
            var bytes = await Task.Run(() => request.Content!.ReadAsByteArrayAsync());
            request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };
            return request;
        }
    }
}
