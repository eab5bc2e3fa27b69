using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Emulator.Control;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Server;

/// <summary>The way of every request: note it, let a fault strike, read the body, find the answer, wait for the work, send.</summary>
internal sealed class HttpApplication(
    Api api, ControlPanel control, RequestLog log, FaultQueue faults, Traffic traffic, TimeProvider clock, EmulatorOptions options)
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
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken gone)
    {
        var path = context.Request.Path.Value ?? "/";
        if (_prefix.Length > 0)
        {
            path = path.StartsWith(_prefix + '/', StringComparison.Ordinal) ? path[_prefix.Length..] : "/outside-the-prefix" + path;
        }

        if (ControlPanel.Owns(path))
        {
            await control.AnswerAsync(context, path, gone).ConfigureAwait(false);
            return;
        }

        var requestId = Dice.Guid(options.Seed, "request", $"{Interlocked.Increment(ref _requests)}").ToString();
        context.Response.Headers["x-request-id"] = requestId;
        var entry = log.Add(context.Request, path, requestId, clock.GetUtcNow());
        try
        {
            await ServeAsync(context, path, entry, gone).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && !gone.IsCancellationRequested && e is not BadHttpRequestException)
        {
            // Told to the client, because a test would otherwise see no more than "500".
            var reply = Reply.Error(HttpStatusCode.InternalServerError, $"Not an answer of the service, but an error inside the emulator: {e}");
            entry.WasAnswered(reply.Status);
            await ReplyWriter.WriteAsync(context, reply, gone).ConfigureAwait(false);
        }
        finally
        {
            options.OnRequest?.Invoke(entry.Request);
        }
    }

    private async Task ServeAsync(HttpContext context, string path, RequestLog.Entry entry, CancellationToken gone)
    {
        var fault = faults.Take(path, stage => stage is FaultStage.BeforeTheBody or FaultStage.InsteadOfTheWork or FaultStage.OnTheAnswer);
        if (fault?.Stage is FaultStage.BeforeTheBody)
        {
            await RequestBody.SkipAsync(context.Request, fault.BytesBeforeTheReset, gone).ConfigureAwait(false);
            ReplyWriter.Reset(context);
            return;
        }

        var request = new ApiRequest(context.Request.Method, path, context.Request.Headers) { Query = context.Request.QueryString.Value ?? "" };
        var reply = BulkEndpoint.TakesFiles(request)
            ? await AnswerUploadAsync(context.Request, request, entry, fault, gone).ConfigureAwait(false)
            : await AnswerAsync(context.Request, request, entry, fault, gone).ConfigureAwait(false);
        await SendAsync(context, entry, reply, fault, gone).ConfigureAwait(false);
    }

    private async Task<Reply> AnswerAsync(HttpRequest http, ApiRequest request, RequestLog.Entry entry, Fault? fault, CancellationToken gone)
    {
        if (await RequestBody.ReadAsync(http, RequestBody.MostJsonBytes, gone).ConfigureAwait(false) is not { } body)
        {
            return Injected(fault) ?? Reply.Error(HttpStatusCode.RequestEntityTooLarge, "Request body too large");
        }

        if (JsonText.Read(body).Value is { } json)
        {
            entry.HasBody(json);
        }

        return Injected(fault) ?? await api.AnswerAsync(request with { Body = body }, gone).ConfigureAwait(false);
    }

    private async Task<Reply> AnswerUploadAsync(HttpRequest http, ApiRequest request, RequestLog.Entry entry, Fault? fault, CancellationToken gone)
    {
        if (!api.KnowsTheKeyOf(request))
        {
            // Heard to its end, since an early answer can get lost with the connection; but no stranger's file goes to the disk.
            await RequestBody.SkipAsync(http, long.MaxValue, gone).ConfigureAwait(false);
            return Injected(fault) ?? await api.AnswerAsync(request, gone).ConfigureAwait(false);
        }

        using var upload = await UploadReader.ReadAsync(http, gone).ConfigureAwait(false);
        if (upload.Config is { } config && JsonText.Read(Encoding.UTF8.GetBytes(config)).Value is { } json)
        {
            entry.HasBody(json);
        }

        return Injected(fault) ?? await api.AnswerAsync(request with { Upload = upload }, gone).ConfigureAwait(false);
    }

    private Reply? Injected(Fault? fault) => fault?.Refusal is null ? null : api.Injected(fault);

    private async Task SendAsync(HttpContext context, RequestLog.Entry entry, Reply reply, Fault? fault, CancellationToken gone)
    {
        if (reply.ReadyAt is { } readyAt && fault?.SpoilsAtOnce is not true)
        {
            await traffic.WaitAsync(readyAt - clock.GetUtcNow(), gone).ConfigureAwait(false);
        }

        reply = reply.As(options.ErrorForm);
        context.Response.Headers.Date = clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        if (fault?.Spoiler is { } spoil)
        {
            await spoil(context, await reply.InMemoryAsync(gone).ConfigureAwait(false), traffic, gone).ConfigureAwait(false);
            return;
        }

        entry.WasAnswered(reply.Status);
        await ReplyWriter.WriteAsync(context, reply, gone).ConfigureAwait(false);
    }
}
