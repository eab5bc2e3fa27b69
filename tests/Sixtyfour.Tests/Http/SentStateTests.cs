using System.Net;
using System.Net.Sockets;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Http;

/// <summary>Over real sockets and with the SDK's own handler, because each target framework has a handler of its own.</summary>
public sealed class SentStateTests
{
    private static readonly LeadInfo Nadia = new() { Name = "Nadia Okafor" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paid_call_whose_connection_closes_without_an_answer_is_sent_once()
    {
        using var server = new ClosingServer();
        using var client = Client(server.Endpoint);

        await FluentActions.Awaiting(() => client.Leads.EnrichAsync(Nadia, new EnrichmentStruct { ["title"] = "Job title" }, null, Token))
            .Should().ThrowAsync<OutcomeUnknownException>();

        server.RequestsRead.Should().Be(1);
    }

    [Fact]
    public async Task A_call_that_only_reads_is_repeated_in_the_same_case()
    {
        using var server = new ClosingServer();
        using var client = Client(server.Endpoint);

        (await FluentActions.Awaiting(() => client.Jobs.GetStatusAsync("job-1", null, Token)).Should().ThrowAsync<ConnectionFailedException>())
            .Which.Attempts.Should().Be(3);

        server.RequestsRead.Should().BeGreaterThanOrEqualTo(3, "the framework may repeat a request without a body by itself, too");
    }

    [Fact]
    public async Task A_refused_connection_has_sent_nothing_and_is_tried_again_even_for_a_paid_call()
    {
        using var client = Client(new($"http://127.0.0.1:{FreePort()}"));

        (await FluentActions.Awaiting(() => client.Leads.StartAsync(Nadia, new EnrichmentStruct { ["title"] = "Job title" }, null, Token))
            .Should().ThrowAsync<ConnectionFailedException>()).Which.Attempts.Should().Be(3);
    }

    [Fact]
    public async Task A_paid_call_that_meets_its_attempt_limit_is_sent_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = Client(new($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"));

        var call = () => client.Leads.EnrichAsync(
            Nadia, new EnrichmentStruct { ["title"] = "Job title" }, new() { AttemptTimeout = TimeSpan.FromMilliseconds(200) }, Token);

        (await call.Should().ThrowAsync<OutcomeUnknownException>()).Which.Message.Should().Contain("0:00:00.2");
    }

    private static SixtyfourClient Client(Uri endpoint)
    {
        var options = new SixtyfourClientOptions { ApiKey = "sk_test", Endpoint = endpoint };
        options.Retry.MaxRetries = 2;
        options.Retry.BaseDelay = TimeSpan.FromMilliseconds(1);
        return new(options: options);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
