using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sixtyfour.AspNetCore.Options;

namespace Sixtyfour.AspNetCore.Health;

/// <summary>Checks registrations and options; sends nothing.</summary>
internal sealed class SixtyfourHealthCheck(IServiceProvider provider, IServiceCollection services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(Check(context.Registration.FailureStatus));
    }

    private static bool Receives(ServiceDescriptor service) => service.ServiceType == typeof(Receiving.WebhookReceiver);

    private HealthCheckResult Check(HealthStatus failure)
    {
        var clients = services.Where(service => service.ServiceType == typeof(SixtyfourClient) && !ReferenceEquals(service.ServiceKey, KeyedService.AnyKey))
            .Select(service => service.ServiceKey).ToList();
        var receives = services.Any(Receives);
        if (clients.Count is 0 && !receives && !services.Any(service => service.ServiceType == typeof(SixtyfourClient)))
        {
            return new(failure, "Neither a Sixtyfour client nor a webhook receiver is registered: call AddSixtyfour or AddSixtyfourWebhooks.");
        }

        try
        {
            foreach (var key in clients)
            {
                if (key is null or string)
                {
                    var name = (string?)key ?? Microsoft.Extensions.Options.Options.DefaultName;
                    provider.GetRequiredService<IOptionsMonitor<SixtyfourClientOptions>>().Get(name);
                }

                provider.GetRequiredKeyedService<SixtyfourClient>(key);
            }

            foreach (var name in provider.GetServices<WebhookOptionsName>().Distinct())
            {
                var webhooks = provider.GetRequiredService<IOptionsMonitor<SixtyfourWebhookOptions>>().Get(name.Name);
                if (webhooks.WebhookSecrets.All(string.IsNullOrWhiteSpace))
                {
                    return HealthCheckResult.Degraded(webhooks.AllowUnsigned
                        ? "Webhooks are accepted without verification: no secret is configured and AllowUnsigned is set."
                        : SixtyfourWebhook.Explain(WebhookVerdict.NoSecretConfigured));
                }
            }
        }
        catch (OptionsValidationException e)
        {
            // Its message names settings and values, never a secret.
            return new(failure, e.Message);
        }

        return HealthCheckResult.Healthy("Everything that is registered is configured. No request was sent.");
    }
}
