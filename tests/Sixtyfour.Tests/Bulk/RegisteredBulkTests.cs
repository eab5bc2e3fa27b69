using Microsoft.Extensions.DependencyInjection;

namespace Sixtyfour.Tests.Bulk;

public sealed class RegisteredBulkTests
{
    [Fact]
    public async Task The_bulk_client_can_be_injected_by_itself()
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(o => o.ApiKey = "sk_test");
        services.AddKeyedSixtyfour("acme", o => o.ApiKey = "sk_acme");
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IBulkClient>().Should().BeSameAs(provider.GetRequiredService<ISixtyfourClient>().Bulk);
        provider.GetRequiredKeyedService<IBulkClient>("acme").Should().BeSameAs(provider.GetRequiredKeyedService<ISixtyfourClient>("acme").Bulk)
            .And.NotBeSameAs(provider.GetRequiredService<IBulkClient>());
    }
}
