using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;

namespace Sixtyfour.Registration;

/// <summary>Two defenses against handlers that an application adds to every client: known resilience handlers are removed, and a guard is innermost.</summary>
internal sealed class PaidCallHandlers(string clientName, Func<IServiceProvider, SixtyfourClientOptions> options) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        if (!string.Equals(builder.Name, clientName, StringComparison.Ordinal))
        {
            next(builder);
            return;
        }

        // Before everything else, so that the application can replace or adjust this handler.
        builder.PrimaryHandler = PrimaryHandler.Create();
        next(builder);
        Protect(builder, options(builder.Services));
    };

    private static void Protect(HttpMessageHandlerBuilder builder, SixtyfourClientOptions options)
    {
        if (!options.KeepAppWideResilience)
        {
            RemoveResilience(builder);
        }

        builder.PrimaryHandler = HandlerChain.Guard(builder.PrimaryHandler, options.SendTraceContext);
    }

    private static void RemoveResilience(HttpMessageHandlerBuilder builder)
    {
        var removed = builder.AdditionalHandlers.Where(IsResilience).ToList();
        if (removed.Count is 0)
        {
            return;
        }

        foreach (var handler in removed)
        {
            builder.AdditionalHandlers.Remove(handler);
        }

        builder.Services.GetRequiredService<RemovedHandlersLog>()
            .Report(builder.Name ?? "", string.Join(", ", removed.Select(handler => handler.GetType().Name)));
    }

    private static bool IsResilience(DelegatingHandler handler) =>
        handler.GetType().FullName is { } name
        && (name.StartsWith("Microsoft.Extensions.Http.Resilience.", StringComparison.Ordinal) || name is "Microsoft.Extensions.Http.PolicyHttpMessageHandler");
}

/// <summary>Logs once per HTTP client which handlers were removed, however often its handlers are renewed.</summary>
internal sealed class RemovedHandlersLog(ILoggerFactory loggers)
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    public void Report(string clientName, string handlers)
    {
        lock (_reported)
        {
            if (_reported.Add(clientName))
            {
                Log.ResilienceHandlersRemoved(loggers.CreateLogger(SixtyfourTelemetry.Name), clientName, handlers);
            }
        }
    }
}
