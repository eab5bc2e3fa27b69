using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Sixtyfour.Emulator.Server;

/// <summary>Puts replies on the wire: properly, or past the server's HTTP layer where a fault needs what that layer forbids.</summary>
internal static class ReplyWriter
{
    public static async Task WriteAsync(HttpContext context, Reply reply, CancellationToken cancellationToken)
    {
        Begin(context.Response, reply);
        if (reply.File is { } part)
        {
            await part.CopyToAsync(context.Response.Body, cancellationToken).ConfigureAwait(false);
        }
        else if (!reply.Body.IsEmpty)
        {
            await context.Response.Body.WriteAsync(reply.Body, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sets status and headers, the length included.</summary>
    public static void Begin(HttpResponse response, Reply reply)
    {
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (reply.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Length;
    }

    /// <summary>Sends the head and the first <paramref name="keepBytes"/> bytes, then ends the connection.</summary>
    public static async Task WritePartAsync(HttpContext context, Reply reply, int keepBytes, bool withLength, CancellationToken cancellationToken)
    {
        // Straight to the socket: what is handed to the operating system before the end of the stream arrives before it, every time.
        if (SocketOf(context) is { } socket)
        {
            var head = new StringBuilder($"HTTP/1.1 {reply.Status} \r\n");
            foreach (var (name, value) in context.Response.Headers)
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }

            foreach (var (name, value) in reply.Headers)
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }

            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {reply.ContentType}\r\n");
            head.Append(withLength ? $"Content-Length: {reply.Body.Length}\r\n\r\n" : "Connection: close\r\n\r\n");
            byte[] bytes = [.. Encoding.ASCII.GetBytes(head.ToString()), .. reply.Body.Span[..Math.Min(keepBytes, reply.Body.Length)]];
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await socket.SendAsync(bytes.AsMemory(sent), cancellationToken).ConfigureAwait(false);
            }

            socket.Shutdown(SocketShutdown.Send);
        }

        context.Abort();
    }

    /// <summary>Breaks the connection off with a reset, without a byte of an answer.</summary>
    public static void Reset(HttpContext context)
    {
        if (SocketOf(context) is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }

        context.Abort();
    }

    private static Socket? SocketOf(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;
}
