using System.Net;
using Microsoft.Extensions.Logging;
using Sixtyfour.Tests.Registration;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Options;

/// <summary>Clients made with <c>new</c>.</summary>
public sealed class StandaloneClientTests
{
    [Fact]
    public async Task The_key_of_the_constructor_wins_over_the_options_and_their_provider()
    {
        var handler = new KeyKeeper();
        using var sixtyfour = new SixtyfourClient(
            "sk_argument", new() { ApiKey = "sk_options", ApiKeyProvider = _ => new("sk_provider"), Endpoint = RegisteredClients.Endpoint }, handler);

        await sixtyfour.Leads.CallAsync();

        handler.Keys.Should().Equal("sk_argument");
    }

    [Fact]
    public async Task Options_are_read_once()
    {
        var handler = new KeyKeeper(HttpStatusCode.ServiceUnavailable);
        var options = new SixtyfourClientOptions { ApiKey = "sk_first", Endpoint = RegisteredClients.Endpoint, Retry = { MaxRetries = 0 } };
        using var sixtyfour = new SixtyfourClient(options: options, handler: handler);

        (options.ApiKey, options.Endpoint, options.Retry.MaxRetries) = ("sk_second", new("https://elsewhere.test"), 20);
        options.ApiKeyProvider = _ => new("sk_provider");
        await FluentActions.Awaiting(() => sixtyfour.Jobs.GetStatusAsync("job-1", cancellationToken: RegisteredClients.Token))
            .Should().ThrowAsync<ServerErrorException>();

        handler.Keys.Should().Equal("sk_first");
        sixtyfour.ToString().Should().Be("SixtyfourClient of https://api.sixtyfour.test");
    }

    [Fact]
    public void The_callers_options_are_not_changed()
    {
        var options = new SixtyfourClientOptions { Endpoint = RegisteredClients.Endpoint };

        using (new SixtyfourClient("sk_argument", options))
        {
            options.ApiKey.Should().BeNull();
        }
    }

    [Fact]
    public async Task A_handler_that_was_given_is_not_disposed()
    {
        using var handler = new KeyKeeper();
        var sixtyfour = new SixtyfourClient("sk", new() { Endpoint = RegisteredClients.Endpoint }, handler);
        await sixtyfour.Leads.CallAsync();

        sixtyfour.Dispose();
        sixtyfour.Dispose();

        handler.IsDisposed.Should().BeFalse();
        await FluentActions.Awaiting(() => sixtyfour.Leads.CallAsync()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_client_made_with_new_logs_to_the_factory_it_was_given_and_leaves_it_alone()
    {
        using var log = new LogKeeper();
        var sixtyfour = new SixtyfourClient("sk_secret", new() { Endpoint = RegisteredClients.Endpoint, LoggerFactory = log }, new KeyKeeper());
        await sixtyfour.Leads.CallAsync();

        sixtyfour.Dispose();

        log.Categories.Should().Equal(SixtyfourTelemetry.Name);
        log.Lines.Should().ContainSingle().Which.Should().StartWith("/enrich-lead answered").And.NotContain("sk_secret");
        log.IsDisposed.Should().BeFalse();
    }

    [Fact]
    public async Task A_limiter_that_was_given_is_not_disposed()
    {
        using var limiter = new CountingLimiter(permits: 1);
        var sixtyfour = new SixtyfourClient("sk", new() { Endpoint = RegisteredClients.Endpoint, RateLimit = { Limiter = limiter } }, new KeyKeeper());
        await sixtyfour.Leads.CallAsync();

        sixtyfour.Dispose();

        limiter.IsDisposed.Should().BeFalse();
    }

    [Fact]
    public async Task One_handler_may_serve_several_clients()
    {
        using var handler = new KeyKeeper();
        var options = new SixtyfourClientOptions { Endpoint = RegisteredClients.Endpoint };
        var first = new SixtyfourClient("sk_1", options, handler);
        using var second = new SixtyfourClient("sk_2", options, handler);

        await first.Leads.CallAsync();
        first.Dispose();
        await second.Leads.CallAsync();

        handler.Keys.Should().Equal("sk_1", "sk_2");
    }

    [Fact]
    public void What_is_wrong_with_the_options_is_told_at_once()
    {
        var create = () => new SixtyfourClient("sk_secret", new() { Retry = { MaxRetries = 21 }, RateLimit = { RequestsPerMinute = 0 } });

        create.Should().Throw<ArgumentException>()
            .WithMessage("Retry.MaxRetries is 21: it must be from 0 to 20. RateLimit.RequestsPerMinute is 0*").Which.Message.Should().NotContain("sk_secret");
    }

    private sealed class LogKeeper : ILoggerFactory, ILogger
    {
        public List<string> Categories { get; } = [];

        public List<string> Lines { get; } = [];

        public bool IsDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName)
        {
            Categories.Add(categoryName);
            return this;
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose() => IsDisposed = true;
    }
}
