using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Sixtyfour.AspNetCore.Tests.Sample.Browser;

/// <summary>The Chrome DevTools Protocol: numbered commands with their answers, and events in between, as JSON over a WebSocket.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _open = [];
    private readonly Action<string, JsonNode> _onEvent;
    private Task _reading = Task.CompletedTask;
    private int _last;

    private DevTools(Action<string, JsonNode> onEvent) => _onEvent = onEvent;

    public static async Task<DevTools> ConnectAsync(Uri address, Action<string, JsonNode> onEvent, CancellationToken cancellationToken)
    {
        var tools = new DevTools(onEvent);
        await tools._socket.ConnectAsync(address, cancellationToken);
        tools._reading = tools.ReadAsync();
        return tools;
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters, CancellationToken cancellationToken)
    {
        var id = ++_last;
        var answer = _open[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(JsonBytes(command), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private static byte[] JsonBytes(JsonObject command) => System.Text.Encoding.UTF8.GetBytes(command.ToJsonString());

    private async Task ReadAsync()
    {
        try
        {
            while (await ReadMessageAsync() is { } message)
            {
                if (message["id"] is not { } id)
                {
                    _onEvent((string)message["method"]!, message["params"]!);
                }
                else if (_open.TryRemove((int)id, out var answer))
                {
                    _ = message["result"] is { } result
                        ? answer.TrySetResult(result)
                        : answer.TrySetException(new InvalidOperationException($"The browser refused: {message["error"]?.ToJsonString()}"));
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The browser has gone, or the test is over.
        }

        foreach (var answer in _open.Values)
        {
            answer.TrySetException(new InvalidOperationException("The browser has gone."));
        }
    }

    private async Task<JsonNode?> ReadMessageAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                message.Position = 0;
                return await JsonNode.ParseAsync(message);
            }
        }
    }
}
