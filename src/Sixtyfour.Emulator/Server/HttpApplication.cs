using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Emulator.Control;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Server;

/// <summary>The way of every request: note it, let a fault strike, read the body, find the answer, wait for the work, send.</summary>
internal sealed class HttpApplication(Api api, ControlPanel control, RequestLog log, FaultQueue faults, Traffic traffic, TimeProvider clock, EmulatorOptions options)
    : IHttpApplication<HttpContext>
{
    private readonly string _prefix = options.Url?.AbsolutePath.TrimEnd('/') ?? "";
    private int _requests;

    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        traffic.Begin();
        return new DefaultHttpContext(contextFeatures);
    }

    public void DisposeContext(HttpContext context, Exception? exception) => traffic.End();

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        try
        {
            await AnswerAsync(context, gone).ConfigureAwait(false);
        }
        catch (Exception e) when (gone.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client has left: there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted && e is not BadHttpRequestException)
        {
            // Told to the client, because a test would otherwise see no more than "500".
            await ReplyWriter.WriteAsync(context, Reply.Error(HttpStatusCode.InternalServerError, $"The emulator itself failed: {e}"), gone).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken gone)
    {
        var path = context.Request.Path.Value ?? "/";
        if (_prefix.Length > 0)
            path = path.StartsWith(_prefix + '/', StringComparison.Ordinal) ? path[_prefix.Length..] : "/outside-the-prefix" + path;
        if (ControlPanel.Owns(path))
        {
            await control.AnswerAsync(context, path, gone).ConfigureAwait(false);
            return;
        }

        var requestId = Dice.Guid(options.Seed, "request", $"{Interlocked.Increment(ref _requests)}").ToString();
        context.Response.Headers["x-request-id"] = requestId;
        context.Response.Headers.Date = clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var entry = log.Add(context.Request, path, requestId, clock.GetUtcNow());
        var fault = faults.Take(path, stage => stage is FaultStage.BeforeTheBody or FaultStage.InsteadOfTheWork or FaultStage.OnTheAnswer);
        if (fault?.Stage is FaultStage.BeforeTheBody)
        {
            ReplyWriter.Reset(context);
            return;
        }

        var body = await RequestBody.ReadAsync(context.Request, RequestBody.MostJsonBytes, gone).ConfigureAwait(false);
        if (Json.JsonText.Read(body ?? default).Value is { } json)
            entry.HasBody(json);
        var reply = fault?.Refusal ?? (body is { } whole ? api.Answer(RequestOf(context, path, whole)) : Reply.Error(HttpStatusCode.RequestEntityTooLarge, "Request body too large"));
        await SendAsync(context, entry, reply, fault, gone).ConfigureAwait(false);
    }

    private async Task SendAsync(HttpContext context, RequestLog.Entry entry, Reply reply, Fault? fault, CancellationToken gone)
    {
        if (reply.ReadyAt is { } readyAt && fault?.SpoilsAtOnce is not true)
            await traffic.WaitAsync(readyAt - clock.GetUtcNow(), gone).ConfigureAwait(false);
        if (fault?.Spoiler is { } spoil)
        {
            await spoil(context, reply, traffic, gone).ConfigureAwait(false);
            return;
        }

        entry.WasAnswered(reply.Status);
        await ReplyWriter.WriteAsync(context, reply, gone).ConfigureAwait(false);
    }

    private static ApiRequest RequestOf(HttpContext context, string path, ReadOnlyMemory<byte> body)
    {
        var key = context.Request.Headers["x-api-key"];
        return new(context.Request.Method, path, key.Count == 1 ? key[0] : null, context.Request.ContentType, body);
    }
}
