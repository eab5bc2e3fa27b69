using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.Testing;

namespace Sixtyfour.FaultCampaign.Proxy;

/// <summary>What stands between one client and the service: a listener of its own for each case, so that nothing of another case can disturb it.</summary>
internal sealed partial class FaultingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _killed = new();
    private readonly CancellationTokenSource _handedOver = new();
    private readonly Service _service;
    private readonly FaultPlan _plan;
    private readonly CaseBooks _books;
    private readonly Tally _tally;
    private readonly Task _accepting;
    private int _connections;
    private int _exchanges;

    /// <param name="service">What is behind it.</param>
    /// <param name="plan">What goes wrong.</param>
    /// <param name="books">What happened.</param>
    /// <param name="tally">The same, counted.</param>
    /// <param name="before">
    /// Of an earlier life of the same client, which expects the service at the same address; it gets no new connections from here on.
    /// </param>
    public FaultingProxy(Service service, FaultPlan plan, CaseBooks books, Tally tally, FaultingProxy? before = null)
    {
        (_service, _plan, _books, _tally) = (service, plan, books, tally);
        _listener = before?._listener ?? new(IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync(before?.HandOverAsync() ?? Task.CompletedTask);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Requests on their way to the service or back.</summary>
    public bool IsIdle => Volatile.Read(ref _exchanges) is 0;

    /// <summary>The client is dead from here on: nothing of it reaches the service any more, and no answer reaches it.</summary>
    public void Kill() => _killed.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _killed.CancelAsync();
        await _accepting;
        if (!_handedOver.IsCancellationRequested)
        {
            _listener.Dispose();
        }

        for (var begun = Environment.TickCount64; Volatile.Read(ref _connections) > 0 && Environment.TickCount64 - begun < 5_000;)
        {
            await Task.Delay(1);
        }

        _killed.Dispose();
        _handedOver.Dispose();
    }

    private async Task HandOverAsync()
    {
        await _handedOver.CancelAsync();
        await _accepting;
    }

    private async Task AcceptAsync(Task before)
    {
        await before;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(_killed.Token, _handedOver.Token);
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(ends.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Killed or disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                if (_plan.ResetsOnAccept())
                {
                    _tally.Fault("reset before the request was read");
                    Reset(client);
                    return;
                }

                await ServeAsync(client, new(client.GetStream()));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client left, or was killed.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ServeAsync(TcpClient client, WireReader reader)
    {
        while (await reader.ReadHeadAsync(_killed.Token) is { } head)
        {
            _tally.Request();
            var step = StepOf(head);
            if (_plan.ResetsBehindHead(step))
            {
                _tally.Fault("reset behind head, not run");
                _books.Saw($"{head.Method} {head.Path}: reset behind head, not run");
                Reset(client);
                return;
            }

            if (head.Header("Expect") is not null)
            {
                await client.GetStream().WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _killed.Token);
            }

            var request = await reader.ReadBodyAsync(head, _killed.Token);
            Interlocked.Increment(ref _exchanges);
            bool goesOn;
            try
            {
                goesOn = await new Exchange(this, client, request, step).RunAsync();
            }
            finally
            {
                Interlocked.Decrement(ref _exchanges);
            }

            if (!goesOn)
            {
                return;
            }
        }
    }

    private static void Reset(TcpClient client)
    {
        client.LingerState = new(enable: true, seconds: 0);
        client.Close();
    }

    private static Step StepOf(WireRequest head) =>
        head.Method is "GET" ? head.Path.StartsWith("/bulk-files/", StringComparison.Ordinal) ? Step.Download : Step.Poll
        : head.Path.StartsWith("/bulk-", StringComparison.Ordinal) ? Step.Submission
        : head.Path.EndsWith("-async", StringComparison.Ordinal) ? Step.Start
        : Step.Call;

    [GeneratedRegex("P[0-9]+x[0-9]+")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex JobIdInPath();

    /// <summary>What a request is about: an input, or the input of the job it asks for.</summary>
    private string About(WireRequest request, Step step) =>
        step is Step.Poll or Step.Download
            ? _books.TokenOf(JobIdInPath().Match(request.Path).Value) ?? "unknown"
            : Token().Match(Encoding.UTF8.GetString(request.Body)).Value;
}
