using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.Json;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>Where the events of one endpoint go: the waits of a client, and the application's handler.</summary>
internal sealed class WebhookTarget(IServiceProvider services, Func<IServiceProvider, WebhookEvent, CancellationToken, Task> handler, string? clientName)
{
    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>The contracts of the client; a receiver may well have none.</summary>
    public JsonContracts? Contracts => Service<SixtyfourClient>()?.Contracts;

    public void Wake(WebhookEvent received)
    {
        // The task id of a bulk job doubles as the id of its run. An id nobody waits for is ignored.
        var id = received switch
        {
            JobEvent job => job.JobId,
            WorkflowEvent workflow => workflow.RunId,
            _ => null,
        };
        if (id is not null && Service<IJobsClient>() is { } jobs)
        {
            jobs.Notify(id);
        }
    }

    // A scope of its own and not the request's: the handler may outlive the request by ignoring its token.
    public async Task HandleAsync(WebhookEvent received, CancellationToken cancellationToken)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await handler(scope.ServiceProvider, received, cancellationToken).ConfigureAwait(false);
        }
    }

    private T? Service<T>()
        where T : class => clientName is null
        ? services.GetService<T>()
        : services.GetKeyedService<T>(clientName)
            ?? throw new InvalidOperationException($"No Sixtyfour client is registered as '{clientName}': call AddKeyedSixtyfour with that service key, or leave clientName out.");
}
