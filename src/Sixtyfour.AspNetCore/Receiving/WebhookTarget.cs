using Microsoft.Extensions.DependencyInjection;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>One endpoint: the receivers of its events (the waits of a client and the application's handler), and the name of its options.</summary>
internal sealed class WebhookTarget(
    IServiceProvider services, Func<IServiceProvider, WebhookEvent, CancellationToken, Task> handler, string? clientName, string optionsName)
{
    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();

    public string OptionsName => optionsName;

    /// <summary>Reads a verified body and wakes the waits for its job; a receiver need not have a client.</summary>
    public WebhookEvent Receive(ReadOnlyMemory<byte> body, WebhookHeaders headers) =>
        Jobs() is { } jobs ? jobs.Receive(body, headers) : SixtyfourWebhook.Parse(body, headers: headers);

    // Not the scope of the request: a handler that ignores its token may outlive the request.
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
