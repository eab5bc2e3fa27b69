namespace Microsoft.Extensions.Http;

/// <summary>Has the name of the older package's retry handler, and must be gone before anything is sent.</summary>
internal sealed class PolicyHttpMessageHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This handler should have been taken off.");
}
