using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Registration;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Diagnostics;

public sealed class LogTests : IDisposable
{
    private readonly CapturedLog _log = new();
    private readonly ScriptedHandler _handler = new();
    private readonly ServiceProvider _provider;

    public LogTests()
    {
        var services = new ServiceCollection().LoggingTo(_log);
        services.AddSixtyfour(o =>
        {
            (o.ApiKey, o.Endpoint) = (TestClients.Key, RegisteredClients.Endpoint);
            (o.Retry.BaseDelay, o.Retry.MaxDelay) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        }).SendsTo(_handler);
        _provider = services.BuildServiceProvider();
    }

    private ILeadsClient Leads => _provider.GetRequiredService<ILeadsClient>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _provider.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_call_that_succeeds_is_one_line_for_those_who_look_closely()
    {
        _handler.Answers("""{"structured_data":{}}""");

        await Leads.CallAsync();

        var line = _log.Lines.Should().ContainSingle("the factory's own two lines a request are off").Which;
        (line.Level, line.Id).Should().Be((LogLevel.Debug, 1));
        line.Message.Should().StartWith("/enrich-lead answered after 1 attempt(s) in 00:");
    }

    [Fact]
    public async Task A_call_that_fails_is_a_warning_with_type_and_status()
    {
        _handler.Answers(HttpStatusCode.UnprocessableEntity, """{"detail":"Nadia Okafor is unknown"}""");

        await FluentActions.Awaiting(() => Leads.CallAsync()).Should().ThrowAsync<InvalidRequestException>();

        var line = _log.Lines.Should().ContainSingle().Which;
        (line.Level, line.Id).Should().Be((LogLevel.Warning, 2));
        line.Message.Should().StartWith("/enrich-lead failed after 1 attempt(s) in 00:").And.EndWith(": InvalidRequestException (422)");
    }

    [Fact]
    public async Task Each_retry_says_what_it_follows_and_how_long_it_waits()
    {
        _handler.Answers(HttpStatusCode.InternalServerError, "{}").RefusesTheConnection().Answers("""{"structured_data":{}}""");

        await Leads.CallAsync();

        _log.Of(3).Select(line => line.Level).Should().Equal(LogLevel.Information, LogLevel.Information);
        _log.Of(3).Select(line => line.Message.Split(':')[^1])
            .Should().Equal(" attempt 1 ended in ServerErrorException (500)", " attempt 2 ended in ConnectionFailedException");
        _log.Of(1).Should().ContainSingle().Which.Message.Should().Contain("3 attempt(s)");
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_is_no_failure_to_warn_of()
    {
        await FluentActions.Awaiting(() => Leads.EnrichAsync(RegisteredClients.Nadia, RegisteredClients.Title,
            cancellationToken: new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        _log.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Each_look_at_a_job_is_told_with_its_status_only()
    {
        _handler.Answers("""{"status":"failed","error":"Nadia Okafor was not found"}""");

        await FluentActions.Awaiting(() => Leads.GetJob("job-1").WaitAsync(Token)).Should().ThrowAsync<JobFailedException>();

        _log.Of(7).Should().ContainSingle().Which.Message.Should().StartWith("Job job-1 is failed after 00:").And.NotContain("Nadia");
    }

    [Fact]
    public async Task A_callback_that_throws_is_an_error_to_mend_and_loses_no_answer()
    {
        _handler.Answers("""{"structured_data":{}}""");

        await Leads.EnrichAsync(
            RegisteredClients.Nadia, RegisteredClients.Title, new() { OnResponse = _ => throw new InvalidOperationException("Mine") }, Token);

        _log.Of(6).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Error);
    }

    [Fact]
    public async Task The_factorys_own_lines_can_be_put_back()
    {
        using var log = new CapturedLog();
        var services = new ServiceCollection().LoggingTo(log);
        services.AddSixtyfour(o => (o.ApiKey, o.Endpoint) = (TestClients.Key, RegisteredClients.Endpoint)).SendsTo(new KeyKeeper()).AddDefaultLogger();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ILeadsClient>().CallAsync();

        log.Lines.Should().HaveCountGreaterThan(1);
        log.Lines.Should().NotContain(
            line => line.Message.Contains(TestClients.Key) || line.Values.Contains(TestClients.Key), "the factory redacts the headers of this client");
    }
}
