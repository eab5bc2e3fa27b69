using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Registration;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_host_is_not_followed_and_the_key_stays_with_the_endpoint(int status)
    {
        await using var other = await RecordingServer.StartAsync();
        await using var server = await RecordingServer.StartAsync(RedirectTo(other, status));
        using var sixtyfour = new SixtyfourClient("sk_secret_key", new() { Endpoint = server.Address });

        await AssertRefusedAsync(sixtyfour, other, server);
    }

    [Fact]
    public async Task A_default_of_the_application_that_follows_redirects_changes_nothing()
    {
        await using var other = await RecordingServer.StartAsync();
        await using var server = await RecordingServer.StartAsync(RedirectTo(other, 307));
        var services = new ServiceCollection();
        services.AddSixtyfour(options => (options.ApiKey, options.Endpoint) = ("sk_secret_key", server.Address));
        services.ConfigureHttpClientDefaults(http =>
        {
            http.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { AllowAutoRedirect = true });
            http.UseSocketsHttpHandler((handler, _) => handler.AllowAutoRedirect = true);
        });
        await using var provider = services.BuildServiceProvider();

        await AssertRefusedAsync(provider.GetRequiredService<ISixtyfourClient>(), other, server);
    }

    private static async Task AssertRefusedAsync(ISixtyfourClient sixtyfour, RecordingServer other, RecordingServer server)
    {
        var calls = new Func<Task>[]
        {
            () => sixtyfour.Leads.EnrichAsync(Api.Nadia, Api.Title, cancellationToken: Api.Token),
            () => sixtyfour.Jobs.GetStatusAsync("job-1", cancellationToken: Api.Token),
        };
        foreach (var call in calls)
        {
            (await call.Should().ThrowAsync<InvalidResponseException>())
                .Which.Message.Should().Contain(other.Address.ToString().TrimEnd('/')).And.NotContain("secret_query");
        }

        server.Keys.Should().Equal("sk_secret_key", "sk_secret_key");
        other.Received.Should().BeEmpty();
    }

    private static Func<HttpContext, Task> RedirectTo(RecordingServer other, int status) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = $"{other.Address}stolen?secret_query=1";
        return Task.CompletedTask;
    };
}
