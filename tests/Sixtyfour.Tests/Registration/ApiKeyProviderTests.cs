using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Registration;

public sealed class ApiKeyProviderTests
{
    [Fact]
    public async Task The_provider_is_asked_at_each_attempt_and_wins_over_a_fixed_key()
    {
        var asked = 0;
        var handler = new KeyKeeper(HttpStatusCode.InternalServerError);
        await using var provider = Register(handler, o =>
        {
            o.ApiKey = "sk_fixed";
            o.ApiKeyProvider = _ => new($"sk_{++asked}");
            (o.Retry.MaxRetries, o.Retry.BaseDelay, o.Retry.MaxDelay) = (2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        });

        await FluentActions.Awaiting(() => provider.GetRequiredService<ILeadsClient>().CallAsync()).Should().ThrowAsync<ServerErrorException>();

        handler.Keys.Should().Equal("sk_1", "sk_2", "sk_3");
    }

    [Fact]
    public async Task A_provider_alone_is_enough_to_start()
    {
        var handler = new KeyKeeper();
        await using var provider = Register(handler, o => o.ApiKeyProvider = _ => new("sk_vault"));

        await provider.GetRequiredService<ILeadsClient>().CallAsync();

        handler.Keys.Should().Equal("sk_vault");
    }

    [Fact]
    public async Task A_provider_that_fails_stops_the_call_and_nothing_is_sent()
    {
        var handler = new KeyKeeper();
        await using var provider = Register(handler, o => o.ApiKeyProvider = _ => throw new InvalidOperationException("The vault is sealed."));

        await FluentActions.Awaiting(() => provider.GetRequiredService<ILeadsClient>().CallAsync())
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("The vault is sealed.");

        handler.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret with blanks")]
    [InlineData("secret\r\nx-evil: 1")]
    public async Task What_no_header_can_carry_is_not_sent_and_not_shown(string? key)
    {
        var handler = new KeyKeeper();
        await using var provider = Register(handler, o => o.ApiKeyProvider = _ => new(key!));

        var error = (await FluentActions.Awaiting(() => provider.GetRequiredService<ILeadsClient>().CallAsync())
            .Should().ThrowAsync<InvalidOperationException>()).Which;

        error.ToString().Should().NotContain("secret");
        handler.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task The_provider_gets_a_token_that_ends_with_the_callers()
    {
        using var leaving = new CancellationTokenSource();
        await using var provider = Register(new KeyKeeper(), o => o.ApiKeyProvider = async token =>
        {
            await leaving.CancelAsync();
            token.ThrowIfCancellationRequested();
            return "sk";
        });

        await FluentActions.Awaiting(
            () => provider.GetRequiredService<ILeadsClient>().EnrichAsync(RegisteredClients.Nadia, RegisteredClients.Title, cancellationToken: leaving.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_provider_that_fails_during_a_wait_names_the_job_that_goes_on()
    {
        var sealedNow = false;
        var handler = new ScriptedHandler().Answers("""{"task_id":"job-1","status":"pending"}""");
        await using var provider = Register(handler, o => o.ApiKeyProvider = _ => sealedNow ? throw new TimeoutException("The vault is sealed.") : new("sk"));
        var job = await provider.GetRequiredService<ILeadsClient>()
            .StartAsync(RegisteredClients.Nadia, RegisteredClients.Title, cancellationToken: RegisteredClients.Token);
        sealedNow = true;

        var error = (await FluentActions.Awaiting(() => job.WaitAsync(RegisteredClients.Token)).Should().ThrowAsync<SixtyfourException>()).Which;

        error.JobId.Should().Be("job-1");
        error.IsSafeToRepeat.Should().BeFalse();
    }

    private static ServiceProvider Register(HttpMessageHandler handler, Action<SixtyfourClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSixtyfour(o =>
        {
            o.Endpoint = RegisteredClients.Endpoint;
            configure(o);
        }).SendsTo(handler);
        return services.BuildServiceProvider();
    }
}
