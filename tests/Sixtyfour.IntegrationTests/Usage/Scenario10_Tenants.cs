using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed class Scenario10_Tenants
{
    [Fact]
    public async Task Each_tenant_pays_with_its_own_key()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await RecordingServer.StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tenants:Acme:ApiKey"] = "key-of-acme",
            ["Tenants:Acme:Endpoint"] = server.Address.ToString(),
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<Vault>().AddSingleton<Importer>();
        services.AddKeyedSixtyfour("acme", configuration.GetSection("Tenants:Acme"));     // own key, own rate limit
        services.AddSixtyfourForAnyKey((provider, tenant, o) =>                               // every other tenant, known only at run time
        {
            o.Endpoint = server.Address;
            o.ApiKeyProvider = ct => provider.GetRequiredService<Vault>().KeyForAsync(tenant, ct);
        });
        await using var provider = services.BuildServiceProvider();

        foreach (var tenantId in new[] { "globex", "initech" })
        {
            var sixtyfour = provider.GetRequiredKeyedService<ISixtyfourClient>(tenantId);
            await sixtyfour.Leads.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct);
        }

        await provider.GetRequiredService<Importer>().Leads.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        server.Keys.Should().Equal("key-of-globex", "key-of-initech", "key-of-acme");
    }

    [Fact]
    public async Task A_key_that_changes_in_configuration_or_vault_counts_from_the_next_attempt()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await RecordingServer.StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tenants:Acme:ApiKey"] = "key-of-acme",
            ["Tenants:Acme:Endpoint"] = server.Address.ToString(),
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<Vault>();
        services.AddKeyedSixtyfour("acme", configuration.GetSection("Tenants:Acme"));
        services.AddSixtyfourForAnyKey((provider, tenant, o) =>
        {
            o.Endpoint = server.Address;
            o.ApiKeyProvider = ct => provider.GetRequiredService<Vault>().KeyForAsync(tenant, ct);
        });
        await using var provider = services.BuildServiceProvider();
        var acme = provider.GetRequiredKeyedService<ILeadsClient>("acme");
        var globex = provider.GetRequiredKeyedService<ILeadsClient>("globex");
        await acme.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct);
        await globex.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        configuration["Tenants:Acme:ApiKey"] = "new-key-of-acme";
        configuration.Reload();
        provider.GetRequiredService<Vault>().Prefix = "new-key-of-";
        await acme.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct);
        await globex.EnrichAsync<Founder>(Leads.Nadia, cancellationToken: ct);

        server.Keys.Should().Equal("key-of-acme", "key-of-globex", "new-key-of-acme", "new-key-of-globex");
    }

    private sealed class Vault
    {
        public string Prefix { get; set; } = "key-of-";

        public ValueTask<string> KeyForAsync(string tenant, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new($"{Prefix}{tenant}");
        }
    }

    private sealed class Importer([FromKeyedServices("acme")] ILeadsClient leads)
    {
        public ILeadsClient Leads => leads;
    }
}
