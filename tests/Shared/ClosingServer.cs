using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sixtyfour.Testing;

/// <summary>Reads each request to the end of its head and body, then closes without a byte of answer.</summary>
internal sealed class ClosingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _requestsRead;

    public ClosingServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int RequestsRead => Volatile.Read(ref _requestsRead);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ReadAsync(client.GetStream());
                Interlocked.Increment(ref _requestsRead);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private static async Task ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        var request = "";
        while (!IsWhole(request))
        {
            var read = await stream.ReadAsync(buffer);
            if (read is 0)
            {
                return;
            }

            request += Encoding.ASCII.GetString(buffer, 0, read);
        }
    }

    // A GET ends with its head, anything else with the JSON object of its body.
    private static bool IsWhole(string request) =>
        request.Contains("\r\n\r\n", StringComparison.Ordinal) && (request.StartsWith("GET", StringComparison.Ordinal) || request.EndsWith('}'));
}
