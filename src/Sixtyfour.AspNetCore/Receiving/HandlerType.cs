using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>Creates handlers of a type and disposes those it created.</summary>
internal static class HandlerType<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>
    where THandler : class, ISixtyfourWebhookHandler
{
    public static async Task HandleAsync(IServiceProvider services, WebhookEvent received, CancellationToken cancellationToken)
    {
        if (services.GetService<THandler>() is { } registered)
        {
            await registered.HandleAsync(received, cancellationToken).ConfigureAwait(false);
            return;
        }

        var made = ActivatorUtilities.CreateInstance<THandler>(services);
        try
        {
            await made.HandleAsync(received, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(made).ConfigureAwait(false);
        }
    }

    private static ValueTask DisposeAsync(THandler handler)
    {
        if (handler is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        (handler as IDisposable)?.Dispose();
        return default;
    }
}
