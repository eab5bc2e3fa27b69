using System.Net;
using System.Net.Sockets;
using System.Text;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Traces;

/// <summary>How one request is answered.</summary>
/// <param name="Status">The status; 0 for none at all.</param>
/// <param name="Body">The body; <c>{origin}</c> stands for the address of the server.</param>
internal sealed record Answer(int Status, string Body = "")
{
    public static readonly Answer Closes = new(0);
    public static readonly Answer Resets = new(0) { IsReset = true };
    public static readonly Answer Waits = new(0) { IsHeld = true };

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>How many bytes of the body are sent before the connection ends; null for all.</summary>
    public int? CutAt { get; init; }

    /// <summary>No length: the end of the connection is the end of the body.</summary>
    public bool IsWithoutLength { get; init; }

    public bool IsReset { get; init; }

    /// <summary>Nothing is answered until the client leaves.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Done when the request has arrived, before it is answered.</summary>
    public bool CancelsTheCall { get; init; }
}

/// <summary>Answers one request after the other as a script says, and keeps what arrived just as it came.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<WireRequest> _received = [];
    private readonly Queue<Answer> _script;
    private readonly Action _cancelTheCall;
    private readonly Task _accepting;

    public ScriptedServer(IEnumerable<Answer> script, Action cancelTheCall)
    {
        (_script, _cancelTheCall) = (new(script), cancelTheCall);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Origin => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int AnswersLeft
    {
        get
        {
            lock (_script)
            {
                return _script.Count;
            }
        }
    }

    public IReadOnlyList<WireRequest> Received
    {
        get
        {
            lock (_script)
            {
                return [.. _received];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var reader = new WireReader(client.GetStream());
                while (await reader.ReadHeadAsync(_stop.Token) is { } head && await AnswerAsync(client, await reader.ReadBodyAsync(head, _stop.Token)))
                {
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client has left.
        }
    }

    private async Task<bool> AnswerAsync(TcpClient client, WireRequest request)
    {
        Answer? answer;
        lock (_script)
        {
            _received.Add(request);
            // One request too many shows in the trace by itself; its answer only has to end the call.
            answer = _script.TryDequeue(out var next) ? next : new(400, """{"error":"the script has no answer for this"}""");
        }

        if (answer.CancelsTheCall)
        {
            _cancelTheCall();
        }

        if (answer.IsHeld)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        if (answer.IsReset)
        {
            client.LingerState = new(enable: true, seconds: 0);
        }

        if (answer.Status is 0)
        {
            return false;
        }

        await client.GetStream().WriteAsync(Bytes(answer), _stop.Token);
        return answer is { CutAt: null, IsWithoutLength: false };
    }

    private byte[] Bytes(Answer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body.Replace("{origin}", Origin.AbsoluteUri, StringComparison.Ordinal));
        var headers = answer.Headers
            .Prepend(("Content-Type", answer.ContentType))
            .Append(answer.IsWithoutLength ? ("Connection", "close") : ("Content-Length", $"{body.Length}"))
            .Select(header => $"{header.Item1}: {header.Item2}\r\n");
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.Status} Status\r\n{string.Concat(headers)}\r\n"), .. body.AsSpan(0, answer.CutAt ?? body.Length)];
    }
}
