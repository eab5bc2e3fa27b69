using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sixtyfour;
using Sixtyfour.AspNetCore;
using Sixtyfour.AspNetCore.Diagnostics;
using Sixtyfour.AspNetCore.Options;
using Sixtyfour.AspNetCore.Receiving;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps endpoints that receive Sixtyfour webhooks.</summary>
/// <remarks>
/// A delivery is verified over its raw bytes before anything reads them, and answered with 200 only after the handler has succeeded. An event that comes
/// several times is handled once in one process; across processes and crashes it is handled at least once. A verified event also wakes the waits for its
/// job in this process. The answers: 200 handled, now or before; 400 verified but unreadable; 401 not verified, with the reason in the log only; 408 and 413
/// body too slow or too long; 500 handler failed, or not done after 8 seconds. The sender tries again after any answer but 2xx. The endpoint
/// needs no authentication: where the application requires it everywhere, add <c>AllowAnonymous</c>.
/// </remarks>
public static class SixtyfourEndpointRouteBuilderExtensions
{
    /// <summary>Maps an endpoint that only wakes the waits for the job: it is polled at once.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, such as <c>/webhooks/sixtyfour</c>.</param>
    /// <param name="clientName">The service key of the client whose waits are woken; <see langword="null"/> for the one without a key.</param>
    /// <param name="optionsName">The name passed to <c>AddSixtyfourWebhooks</c>, for secrets of this endpoint alone; <see langword="null"/>: none.</param>
    /// <returns>A builder for the conventions of the endpoint.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSixtyfourWebhooks</c> was not called, or not with that name, or no client has that key.</exception>
    public static IEndpointConventionBuilder MapSixtyfourWebhook(
        this IEndpointRouteBuilder endpoints, string pattern, string? clientName = null, string? optionsName = null)
    {
        var mapped = Map(endpoints, pattern, static (_, _, _) => Task.CompletedTask, clientName, optionsName);
        if (clientName is null && endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(IJobsClient)) is false)
        {
            Log.NothingToNotify(endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(SixtyfourTelemetry.Name), pattern);
        }

        return mapped;
    }

    /// <summary>Maps an endpoint with a handler.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, such as <c>/webhooks/sixtyfour</c>.</param>
    /// <param name="handler">
    /// Handles a verified event: returning answers 200, throwing answers 500 and the sender tries again. Its token fires 8 seconds after the delivery arrived.
    /// </param>
    /// <param name="clientName">The service key of the client whose waits are woken; <see langword="null"/> for the one without a key, if there is one.</param>
    /// <param name="optionsName">The name passed to <c>AddSixtyfourWebhooks</c>, for secrets of this endpoint alone; <see langword="null"/>: none.</param>
    /// <returns>A builder for the conventions of the endpoint.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSixtyfourWebhooks</c> was not called, or not with that name, or no client has that key.</exception>
    public static IEndpointConventionBuilder MapSixtyfourWebhook(
        this IEndpointRouteBuilder endpoints, string pattern, Func<WebhookEvent, CancellationToken, Task> handler, string? clientName = null,
        string? optionsName = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Map(endpoints, pattern, (_, received, cancellationToken) => handler(received, cancellationToken), clientName, optionsName);
    }

    /// <summary>Maps an endpoint with a handler type, which can have services in its constructor.</summary>
    /// <typeparam name="THandler">The handler: the registered service of this type, else created for each event.</typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, such as <c>/webhooks/sixtyfour</c>.</param>
    /// <param name="clientName">The service key of the client whose waits are woken; <see langword="null"/> for the one without a key, if there is one.</param>
    /// <param name="optionsName">The name passed to <c>AddSixtyfourWebhooks</c>, for secrets of this endpoint alone; <see langword="null"/>: none.</param>
    /// <returns>A builder for the conventions of the endpoint.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSixtyfourWebhooks</c> was not called, or not with that name, or no client has that key.</exception>
    public static IEndpointConventionBuilder MapSixtyfourWebhook<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IEndpointRouteBuilder endpoints, string pattern, string? clientName = null, string? optionsName = null)
        where THandler : class, ISixtyfourWebhookHandler =>
        Map(endpoints, pattern, HandlerType<THandler>.HandleAsync, clientName, optionsName);

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string pattern, Func<IServiceProvider, WebhookEvent, CancellationToken, Task> handler, string? clientName,
        string? optionsName)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        var receiver = services.GetService<WebhookReceiver>()
            ?? throw new InvalidOperationException(
                "Call services.AddSixtyfourWebhooks(…) before MapSixtyfourWebhook: it registers the secrets to verify with.");
        if (clientName is not null && services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IJobsClient), clientName) is false)
        {
            throw new InvalidOperationException(
                $"No Sixtyfour client is registered as '{clientName}': call AddKeyedSixtyfour with that service key, or leave clientName out.");
        }

        if (!services.GetServices<WebhookOptionsName>().Any(registered => registered.Name == (optionsName ?? Microsoft.Extensions.Options.Options.DefaultName)))
        {
            throw new InvalidOperationException(optionsName is null
                ? "All webhook options are registered under a name: pass optionsName to MapSixtyfourWebhook, or call AddSixtyfourWebhooks without one."
                : $"No webhook options are registered as '{optionsName}': call AddSixtyfourWebhooks(\"{optionsName}\", …), or leave optionsName out.");
        }

        var target = new WebhookTarget(services, handler, clientName, optionsName ?? Microsoft.Extensions.Options.Options.DefaultName);
        RequestDelegate receive = context => receiver.ReceiveAsync(context, target);
        return endpoints.MapPost(pattern, receive).WithDisplayName($"Sixtyfour webhook {pattern}");
    }
}
