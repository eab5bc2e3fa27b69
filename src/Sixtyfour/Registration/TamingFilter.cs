using Microsoft.Extensions.Http;

namespace Sixtyfour.Registration;

/// <summary>Puts the defences of one HTTP client in place when its handlers have been built.</summary>
internal sealed class TamingFilter(string clientName, Func<IServiceProvider, bool> keepsAppWideResilience) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (string.Equals(builder.Name, clientName, StringComparison.Ordinal))
        {
            AppWideHandlers.Tame(builder, keepsAppWideResilience(builder.Services));
        }
    };
}
