using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.AspNetCore.Tests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.AspNetCore.Tests;

public sealed class LimitTests
{
    private int _handled;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_whether_it_says_so_or_not(bool saysItsLength)
    {
        await using var receiver = await Receiver.StartAsync(Handle, options => options.MaxBodyBytes = 1_000);

        (await PostAsync(receiver, Padded(1_001), saysItsLength)).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(receiver, Padded(1_000), saysItsLength)).Should().Be(HttpStatusCode.OK);

        _handled.Should().Be(1);
        receiver.Log.All.Should().Contain("longer than 1000 bytes");
    }

    [Fact]
    public async Task The_limit_may_lie_above_the_servers_own()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, Handle),
            services =>
            {
                services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = 1_000);
                services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret));
            });

        (await PostAsync(receiver, Padded(1_000_000), saysItsLength: true)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up_after_eight_seconds()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        var clock = (FakeClock)receiver.Clock;
        var body = Padded(500);
        using var socket = await ConnectAsync(receiver);
        await socket.SendAsync(Head(receiver, body, promises: 10_000_000), Receiver.Token);
        await socket.SendAsync(body.AsMemory(0, 10), Receiver.Token);
        await Eventually.TrueAsync(() => clock.ActiveTimers > 0);

        clock.Advance(TimeSpan.FromSeconds(7));
        socket.Available.Should().Be(0);
        clock.Advance(TimeSpan.FromSeconds(1));

        (await ReadAsync(socket)).Should().StartWith("HTTP/1.1 408").And.Contain("Connection: close").And.EndWith("slow");
        _handled.Should().Be(0);
    }

    [Fact]
    public async Task Without_a_fresh_signature_no_byte_of_the_body_is_waited_for()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        using var socket = await ConnectAsync(receiver);

        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {Receiver.Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n"), Receiver.Token);

        (await ReadAsync(socket)).Should().StartWith("HTTP/1.1 401");
    }

    [Fact]
    public async Task A_length_that_is_only_promised_takes_no_memory()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        var clock = (FakeClock)receiver.Clock;
        var body = Padded(500);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sockets = new List<Socket>();
        for (var i = 0; i < 100; i++)
        {
            sockets.Add(await ConnectAsync(receiver));
            await sockets[i].SendAsync(Head(receiver, body, promises: 10_000_000), Receiver.Token);
        }

        await Eventually.TrueAsync(() => clock.ActiveTimers >= 100);
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(50_000_000);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_sender_who_leaves_in_the_middle_of_the_body_harms_nobody()
    {
        using var metrics = new Metrics();
        await using var receiver = await Receiver.StartAsync(Handle);
        var body = Padded(500);
        using (var socket = await ConnectAsync(receiver))
        {
            await socket.SendAsync(Head(receiver, body, promises: body.Length), Receiver.Token);
            await socket.SendAsync(body.AsMemory(0, 10), Receiver.Token);
        }

        await Eventually.TrueAsync(() => metrics.Seen.Contains("sixtyfour.webhook.deliveries unchecked sender_left"));
        (await receiver.DeliverAsync(Bodies.Done())).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up_after_eight_seconds_however_steadily_it_drips()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        var clock = (FakeClock)receiver.Clock;
        var body = Padded(500);
        using var socket = await ConnectAsync(receiver);
        await socket.SendAsync(Head(receiver, body, promises: body.Length), Receiver.Token);
        await Eventually.TrueAsync(() => clock.ActiveTimers > 0);

        for (var second = 0; second < 8; second++)
        {
            await socket.SendAsync(body.AsMemory(second, 1), Receiver.Token);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await ReadAsync(socket)).Should().StartWith("HTTP/1.1 408").And.EndWith("slow");
        _handled.Should().Be(0);
    }

    [Fact]
    public async Task A_body_without_an_end_is_read_no_further_than_the_limit()
    {
        await using var receiver = await Receiver.StartAsync(Handle, options => options.MaxBodyBytes = 100_000);
        using var socket = await ConnectAsync(receiver);
        var head = Encoding.ASCII.GetString(Head(receiver, Padded(500), promises: 0))
            .Replace("Content-Length: 0", "Transfer-Encoding: chunked", StringComparison.Ordinal);
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), Receiver.Token);
        var chunk = Encoding.ASCII.GetBytes($"1000\r\n{new string(' ', 0x1000)}\r\n");

        var sent = 0;
        var isRefused = ReadAsync(socket);
        try
        {
            while (!isRefused.IsCompleted && sent < 50_000_000)
            {
                sent += await socket.SendAsync(chunk, Receiver.Token);
            }
        }
        catch (SocketException)
        {
            // Refused and closed while more was on its way.
        }

        sent.Should().BeLessThan(50_000_000);
        receiver.Log.All.Should().Contain("longer than 100000 bytes");
        (await receiver.DeliverAsync(Bodies.Done())).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sender_who_hangs_up_during_the_handler_does_not_end_it_and_is_no_error()
    {
        var gate = new TaskCompletionSource();
        var isIn = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (received, token) =>
        {
            isIn.TrySetResult();
            await gate.Task;
            await Handle(received, token);
        });
        using (var hurried = new HttpClient())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address) { Content = new ByteArrayContent(Padded(500)) };
            request.Headers.Add("Sixtyfour-Signature", SixtyfourWebhook.Sign(Padded(500), Receiver.Secret, receiver.Clock.GetUtcNow()));
            using var leaves = new CancellationTokenSource();
            var delivery = hurried.SendAsync(request, leaves.Token);
            await isIn.Task;
            await leaves.CancelAsync();
            await delivery.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        }

        await Eventually.TrueAsync(() => receiver.Aborted is 1);
        gate.SetResult();
        await Eventually.TrueAsync(() => receiver.Left is 1);

        receiver.Unhandled.Should().BeEmpty();
        _handled.Should().Be(1);
    }

    [Fact]
    public async Task A_handler_has_eight_seconds_and_is_told_when_they_are_over()
    {
        var token = CancellationToken.None;
        var isIn = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (_, handlerToken) =>
        {
            token = handlerToken;
            isIn.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, handlerToken);
        });
        var delivery = receiver.DeliverAsync(Bodies.Done());
        await isIn.Task;

        ((FakeClock)receiver.Clock).Advance(TimeSpan.FromSeconds(7.9));
        (token.IsCancellationRequested, delivery.IsCompleted).Should().Be((false, false));
        ((FakeClock)receiver.Clock).Advance(TimeSpan.FromSeconds(0.1));

        (await delivery).Should().Be((HttpStatusCode.InternalServerError, "late"));
        receiver.Log.All.Should().Contain("was not handled within 00:00:08");
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_does_not_hold_up_the_answer_and_does_not_run_twice()
    {
        var runs = 0;
        var gate = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await gate.Task;
        });
        var clock = (FakeClock)receiver.Clock;

        var first = receiver.DeliverAsync(Bodies.Done());
        await Eventually.TrueAsync(() => Volatile.Read(ref runs) is 1);
        clock.Advance(TimeSpan.FromSeconds(8));
        (await first).Word.Should().Be("late");

        var second = receiver.DeliverAsync(Bodies.Done(), attempt: 2);
        await Eventually.TrueAsync(() => receiver.Arrived is 2 && clock.ActiveTimers > 0);
        gate.SetResult();

        (await second).Should().Be((HttpStatusCode.OK, "repeated"));
        (await receiver.DeliverAsync(Bodies.Done(), attempt: 3)).Word.Should().Be("repeated");
        runs.Should().Be(1);
        receiver.Log.All.Should().Contain("the next attempt is answered without running it again");
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_hold_up_the_answer()
    {
        using var gate = new ManualResetEventSlim();
        var isIn = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, _) =>
        {
            isIn.SetResult();
            gate.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });
        var delivery = receiver.DeliverAsync(Bodies.Done());
        await isIn.Task;
        await Eventually.TrueAsync(() => ((FakeClock)receiver.Clock).ActiveTimers >= 2);

        ((FakeClock)receiver.Clock).Advance(TimeSpan.FromSeconds(8));

        (await delivery).Word.Should().Be("late");
        gate.Set();
    }

    private static byte[] Padded(int length)
    {
        var body = Bodies.Done();
        return Encoding.UTF8.GetBytes(body + new string(' ', length - body.Length));
    }

    private static byte[] Head(Receiver receiver, byte[] body, int promises) => Encoding.ASCII.GetBytes(
        $"POST {Receiver.Path} HTTP/1.1\r\nHost: x\r\nSixtyfour-Signature: {SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow())}\r\n"
            + $"Content-Length: {promises}\r\n\r\n");

    private static async Task<Socket> ConnectAsync(Receiver receiver)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(receiver.Address.Host, receiver.Address.Port, Receiver.Token);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[4_096];
        var text = "";
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) || !text.EndsWith("slow", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, Receiver.Token);
            text += Encoding.ASCII.GetString(buffer, 0, read);
            if (read is 0 || text.StartsWith("HTTP/1.1 401", StringComparison.Ordinal))
            {
                break;
            }
        }

        return text;
    }

    private static async Task<HttpStatusCode> PostAsync(Receiver receiver, byte[] body, bool saysItsLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = !saysItsLength;
        request.Headers.TryAddWithoutValidation("Sixtyfour-Signature", SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow()));
        using var response = await receiver.Http.SendAsync(request, Receiver.Token);
        return response.StatusCode;
    }

    private Task Handle(WebhookEvent received, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _handled);
        return Task.CompletedTask;
    }
}
