using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sixtyfour.Registration;

/// <summary>What happens to options after they were configured: the environment fills gaps, a bad reload is replaced by the last good one, then they are checked.</summary>
internal static class OptionsPipeline
{
    public static void Add(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SixtyfourClientOptions>, EnvironmentFallback>(_ => new EnvironmentFallback()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SixtyfourClientOptions>, LastGoodOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SixtyfourClientOptions>, ClientSettings>());
    }
}
