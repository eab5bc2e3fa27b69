using System.Net;
using System.Net.Sockets;

namespace Sixtyfour.Benchmarks.Idle;

/// <summary>
/// Passes bytes on, 30 ms each way, and closes a connection that nothing came over for five seconds. What is on its way to it then is lost, as behind a
/// balancer.
/// </summary>
internal sealed class IdlingProxy : IDisposable
{
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;
    private int _connections;

    public IdlingProxy(int port)
    {
        _port = port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref _connections);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        using (var idle = new CancellationTokenSource(IdleLimit))
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _port);
                var there = PassAsync(client.GetStream(), server.GetStream(), idle);
                var back = PassAsync(server.GetStream(), client.GetStream(), idle);
                await Task.WhenAny(there, back);
                // The end needs its time to arrive, too; what is sent meanwhile is lost.
                await idle.CancelAsync();
                await Task.Delay(Way);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One of the two sides has gone.
            }
        }
    }

    private static async Task PassAsync(NetworkStream from, NetworkStream to, CancellationTokenSource idle)
    {
        var last = Task.CompletedTask;
        while (true)
        {
            var buffer = new byte[16 * 1024];
            int read;
            try
            {
                read = await from.ReadAsync(buffer, idle.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                return;
            }

            if (read is 0)
            {
                return;
            }

            last = LaterAsync(last, buffer.AsMemory(0, read), to, idle);
        }
    }

    private static async Task LaterAsync(Task before, ReadOnlyMemory<byte> bytes, NetworkStream to, CancellationTokenSource idle)
    {
        await Task.WhenAll(before, Task.Delay(Way));
        try
        {
            if (!idle.IsCancellationRequested)
            {
                idle.CancelAfter(IdleLimit);
                await to.WriteAsync(bytes, idle.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It was closed meanwhile.
        }
    }
}
