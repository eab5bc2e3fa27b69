using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;

namespace Sixtyfour.Registration;

/// <summary>The two defences against handlers that an application puts on every client: known resilience handlers come off, and a guard goes innermost.</summary>
internal sealed class PaidCallHandlers(string clientName, Func<IServiceProvider, SixtyfourClientOptions> options) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        if (!string.Equals(builder.Name, clientName, StringComparison.Ordinal))
        {
            next(builder);
            return;
        }

        // Before everything else, so that a handler the application sets, for all its clients or for this one, wins, and one it adjusts is this one.
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

/// <summary>Says once per HTTP client what was taken off it, however often its handlers are renewed.</summary>
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
