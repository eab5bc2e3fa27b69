using Microsoft.Extensions.DependencyInjection;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>What belongs to one endpoint: where its events go (the waits of a client, and the application's handler), and the name of its options.</summary>
internal sealed class WebhookTarget(
    IServiceProvider services, Func<IServiceProvider, WebhookEvent, CancellationToken, Task> handler, string? clientName, string optionsName)
{
    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();

    public string OptionsName => optionsName;

    /// <summary>Reads a verified body and wakes the waits for its job; a receiver may well have no client.</summary>
    public WebhookEvent Receive(ReadOnlyMemory<byte> body, WebhookHeaders headers) =>
        Jobs() is { } jobs ? jobs.Receive(body, headers) : SixtyfourWebhook.Parse(body, headers: headers);

    // A scope of its own and not the request's: the handler may outlive the request by ignoring its token.
    public async Task HandleAsync(WebhookEvent received, CancellationToken cancellationToken)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await handler(scope.ServiceProvider, received, cancellationToken).ConfigureAwait(false);
        }
    }

    private IJobsClient? Jobs() => clientName is null
        ? services.GetService<IJobsClient>()
        : services.GetKeyedService<IJobsClient>(clientName)
            ?? throw new InvalidOperationException(
                $"No Sixtyfour client is registered as '{clientName}': call AddKeyedSixtyfour with that service key, or leave clientName out.");
}
