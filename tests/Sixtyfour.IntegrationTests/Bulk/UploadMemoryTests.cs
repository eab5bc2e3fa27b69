using System.Net;
using System.Net.Sockets;
using System.Text;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Bulk;

[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>What the process holds while nothing else runs in it.</summary>
[Collection("Alone")]
public sealed class UploadMemoryTests : IDisposable
{
    private const int Large = 50_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("sixtyfour-tests-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Fifty_megabytes_pass_through_a_socket_without_being_held()
    {
        var path = Write(Large);
        using var sink = new SinkServer();
        using var client = new SixtyfourClient("sk_test", new() { Endpoint = sink.Origin });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = new List<long>();
        sink.AtEachPart = () => held.Add(GC.GetTotalMemory(forceFullCollection: true) - before);

        (await client.Bulk.SubmitPeopleAsync(BulkFile.FromPath(path), Api.Title, cancellationToken: Token)).Id.Should().Be("job-1");

        sink.Received.Should().BeGreaterThan(Large);
        held.Should().HaveCountGreaterThan(10).And.OnlyContain(bytes => bytes < Large / 4);
    }

    // Rows of a thousand bytes.
    private string Write(int bytes)
    {
        var path = Path.Combine(_folder, "people.csv");
        using var file = new StreamWriter(path);
        file.Write("name\n");
        var row = new string('x', 999);
        for (var written = 0; written < bytes; written += 1_000)
        {
            file.Write(row);
            file.Write('\n');
        }

        return path;
    }

    /// <summary>Counts what arrives in one buffer of its own, and answers when the body is there.</summary>
    private sealed class SinkServer : IDisposable
    {
        private const int PartSize = 2_000_000;

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public SinkServer()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public Uri Origin => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

        public long Received { get; private set; }

        public Action? AtEachPart { get; set; }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            var end = "";
            while (!end.EndsWith("--\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer);
                if (Received / PartSize < (Received += read) / PartSize)
                {
                    AtEachPart?.Invoke();
                }

                // The last bytes may come one by one.
                end += Encoding.ASCII.GetString(buffer, Math.Max(0, read - 4), Math.Min(4, read));
                end = end[Math.Max(0, end.Length - 4)..];
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"task_id\": \"job-1\"}"u8.ToArray());
        }
    }
}
