using System.Net;
using System.Net.Sockets;
using Sixtyfour.IntegrationTests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Http;

/// <summary>Failures before the body has begun to leave: nothing can have been accepted.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void A_connection_is_left_before_any_server_or_balancer_ends_it_for_being_idle()
    {
        using var handler = Sixtyfour.Http.PrimaryHandler.Create();

        handler.Should().BeOfType<SocketsHttpHandler>().Which.PooledConnectionIdleTimeout.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_connection_is_tried_again_until_it_stands(bool paid)
    {
        await using var api = await Api.StartAsync(handler: RefusesTwice());

        if (paid)
        {
            await api.PaidCallAsync();
        }
        else
        {
            await api.Invoking(a => a.Client.Jobs.GetStatusAsync("job-1", null, Api.Token)).Should().ThrowAsync<SixtyfourApiException>();
        }

        api.RequestsSeen.Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_where_nobody_listens_stays_a_failed_connection(bool paid)
    {
        await using var api = await Api.StartAsync(o =>
        {
            o.Endpoint = new($"http://127.0.0.1:{FreePort()}");
            o.Retry.MaxRetries = 2;
        });

        var call = () => paid ? api.PaidCallAsync() : (Task)api.Client.Jobs.GetStatusAsync("job-1", null, Api.Token);

        var error = (await call.Should().ThrowAsync<ConnectionFailedException>()).Which;
        error.Attempts.Should().Be(3);
        error.IsSafeToRepeat.Should().Be(paid, "without a job id nothing is lost by asking again");
        api.RequestsSeen.Should().Be(0);
    }

    [Fact]
    public async Task A_host_that_cannot_be_resolved_is_a_failed_connection()
    {
        await using var api = await Api.StartAsync(o =>
        {
            o.Endpoint = new("https://no-such-host.invalid");
            o.Retry.MaxRetries = 1;
        });

        var error = await api.Invoking(a => a.PaidCallAsync()).Should().ThrowAsync<ConnectionFailedException>();

        error.Which.Attempts.Should().Be(2);
    }

    [Fact]
    public async Task A_server_that_never_finishes_the_handshake_was_sent_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var api = await Api.StartAsync(o =>
        {
            o.Endpoint = new($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
            o.Retry.MaxRetries = 1;
        });

        var call = () => api.PaidCallAsync(new() { AttemptTimeout = TimeSpan.FromMilliseconds(200) });

        (await call.Should().ThrowAsync<ConnectionFailedException>()).Which.Attempts.Should().Be(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_is_refused_is_never_tried_again(bool paid)
    {
        await using var server = new UntrustedServer();
        await using var api = await Api.StartAsync(o => o.Endpoint = server.Endpoint);

        var call = () => paid ? api.PaidCallAsync() : (Task)api.Client.Jobs.GetStatusAsync("job-1", null, Api.Token);

        (await call.Should().ThrowAsync<ConnectionFailedException>()).Which.Attempts.Should().Be(1);
        server.Handshakes.Should().Be(1);
    }

    [Fact]
    public async Task A_paid_call_always_has_a_body_so_that_no_connection_pool_sends_it_again_by_itself()
    {
        // The framework repeats a request without a content object by itself when the server closes before the first byte of its answer.
        using var closing = new ClosingServer();
        await using var api = await Api.StartAsync(o => o.Endpoint = closing.Endpoint);

        await api.Invoking(a => a.Client.Raw.SendAsync(HttpMethod.Post, "/paid", null, null, Api.Token)).Should().ThrowAsync<OutcomeUnknownException>();

        closing.RequestsRead.Should().Be(1);
    }

    private static SocketsHttpHandler RefusesTwice()
    {
        var connects = 0;
        return new()
        {
            ConnectCallback = async (context, token) =>
            {
                if (Interlocked.Increment(ref connects) <= 2)
                {
                    throw new SocketException((int)SocketError.ConnectionRefused);
                }

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
