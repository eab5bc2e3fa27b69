using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sixtyfour.AspNetCore.Diagnostics;

namespace Sixtyfour.AspNetCore.Receiving;

/// <summary>Receives a delivery: verifies the raw bytes, reads them, handles the event once, answers.</summary>
internal sealed class WebhookReceiver(
    IOptionsMonitor<SixtyfourWebhookOptions> options, EventsInFlight inFlight, DoneMarks marks, TimeProvider clock, ILoggerFactory loggers)
{
    /// <summary>The sender gives up after 10 seconds; an answer must have arrived by then.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private readonly ILogger _logger = loggers.CreateLogger(SixtyfourTelemetry.Name);

    public async Task ReceiveAsync(HttpContext context, WebhookTarget target)
    {
        var (verdict, outcome) = await TakeAsync(context, target, clock.GetTimestamp()).ConfigureAwait(false);
        WebhookTelemetry.Received(verdict, outcome);
        if (outcome is Outcome.SenderLeft)
        {
            context.Abort();
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            // The sender disconnected while the event was handled.
            return;
        }

        if (outcome is Outcome.TooSlow or Outcome.TooLarge)
        {
            // The rest of the body is not read.
            context.Response.Headers.Connection = "close";
        }

        var (status, word) = Answers.To(outcome);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = word.Length;

        // Without a token: if the sender disconnects now, the server drops the answer, while a token would make that an error of the application.
        await context.Response.WriteAsync(word, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<(WebhookVerdict Verdict, Outcome Outcome)> TakeAsync(HttpContext context, WebhookTarget target, long arrived)
    {
        var settings = options.Get(target.OptionsName);
        var signature = context.Request.Headers[WebhookHeaders.SignatureName].ToString();
        var verifying = new WebhookVerifyOptions { Tolerance = settings.Tolerance, TimeProvider = clock };

        // Deliveries that no body could make valid are refused before the body is read.
        var verdict = SixtyfourWebhook.Verify(default, signature, settings.WebhookSecrets, verifying);
        var isUnsigned = verdict is WebhookVerdict.NoSecretConfigured && settings.AllowUnsigned;
        if (!isUnsigned && verdict is not (WebhookVerdict.Valid or WebhookVerdict.NoSignatureMatches))
        {
            return (verdict, Refuse(verdict));
        }

        Delivery delivery;
        var (body, problem) = await ReadAsync(context, settings.MaxBodyBytes).ConfigureAwait(false);
        if (body is null)
        {
            return (WebhookVerdict.NotVerified, problem);
        }

        using (body)
        {
            if (isUnsigned)
            {
                Log.AcceptedUnsigned(_logger);
            }
            else if ((verdict = SixtyfourWebhook.Verify(body.Memory.Span, signature, settings.WebhookSecrets, verifying)) is not WebhookVerdict.Valid)
            {
                return (verdict, Refuse(verdict));
            }

            try
            {
                delivery = Delivery.Of(EndpointOf(context), body.Memory, WebhookHeaders.Read(name => context.Request.Headers[name]));
            }
            catch (InvalidResponseException e)
            {
                Log.Unreadable(_logger, e.Message);
                return (verdict, Outcome.Unreadable);
            }
        }

        return (verdict, await HandleOnceAsync(target, delivery, arrived).ConfigureAwait(false));
    }

    // The pattern and not the path of the request: that one is not signed either, and a pattern may match many.
    private static string EndpointOf(HttpContext context) =>
        $"{context.Request.PathBase.Value}{(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}".ToUpperInvariant();

    private Outcome Refuse(WebhookVerdict verdict)
    {
        Log.Refused(_logger, verdict, SixtyfourWebhook.Explain(verdict));
        return Outcome.Refused;
    }

    private async Task<(RequestBytes? Body, Outcome Problem)> ReadAsync(HttpContext context, int most)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            return await RequestBytes.ReadAsync(context.Request, most, either.Token).ConfigureAwait(false) is { } body
                ? (body, default)
                : (null, TooLarge(most));
        }
        catch (BadHttpRequestException e)
        {
            // The server's own limits on size, time and form.
            return (null, e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => TooLarge(most),
                StatusCodes.Status408RequestTimeout => TooSlow(),
                _ => Outcome.SenderLeft,
            });
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return (null, limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested ? TooSlow() : Outcome.SenderLeft);
        }
    }

    private Outcome TooLarge(int most)
    {
        Log.TooLarge(_logger, most);
        return Outcome.TooLarge;
    }

    private Outcome TooSlow()
    {
        Log.TooSlow(_logger, Limit);
        return Outcome.TooSlow;
    }

    private async Task<Outcome> HandleOnceAsync(WebhookTarget target, Delivery delivery, long arrived)
    {
        var received = delivery.Event;
        var (run, isDuplicate) = inFlight.Join(delivery.Keys.Body, () => RunAsync(target, delivery, arrived));
        Outcome outcome;
        try
        {
            // Not canceled when the sender disconnects: the run is finished, and the next attempt finds it done.
            outcome = await run.WaitAsync(Left(arrived), clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            outcome = Outcome.HandlerTimedOut;
        }

        if (outcome is Outcome.HandlerTimedOut)
        {
            Log.HandlerTimedOut(_logger, received.ToString(), received.DeliveryAttempt, Limit);
        }

        return isDuplicate && outcome is Outcome.Handled ? Outcome.Repeated : outcome;
    }

    private async Task<Outcome> RunAsync(WebhookTarget target, Delivery delivery, long arrived)
    {
        var (received, keys) = (delivery.Event, delivery.Keys);
        using var limit = new CancellationTokenSource(Left(arrived), clock);
        try
        {
            if (await marks.HaveAnyAsync(keys, received, limit.Token).ConfigureAwait(false))
            {
                Log.Repeated(_logger, received.ToString(), received.DeliveryAttempt);
                return Outcome.Repeated;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Outcome.HandlerTimedOut;
        }

        var began = clock.GetTimestamp();
        var outcome = await HandleAsync(target, delivery, limit.Token).ConfigureAwait(false);
        var elapsed = clock.GetElapsedTime(began);
        WebhookTelemetry.Ran(elapsed, outcome);
        if (outcome is Outcome.Handled)
        {
            // Still within the run, so that no duplicate can come between the end of the handler and the mark.
            await marks.SetAsync(keys, received).ConfigureAwait(false);
            LogHandled(received, elapsed, isLate: limit.IsCancellationRequested);
        }

        return outcome;
    }

    private async Task<Outcome> HandleAsync(WebhookTarget target, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            // Only now does a wait learn of it: a repetition wakes none.
            var received = target.Receive(delivery.Body, delivery.Headers);
            await target.HandleAsync(received, cancellationToken).ConfigureAwait(false);
            return Outcome.Handled;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome.HandlerTimedOut;
        }
        catch (Exception e)
        {
            Log.HandlerFailed(_logger, e, delivery.Event.ToString(), delivery.Event.DeliveryAttempt);
            return Outcome.HandlerFailed;
        }
    }

    private void LogHandled(WebhookEvent received, TimeSpan elapsed, bool isLate)
    {
        if (isLate)
        {
            Log.HandledLate(_logger, received.ToString(), elapsed);
        }
        else
        {
            Log.Handled(_logger, received.ToString(), received.DeliveryAttempt, elapsed);
        }
    }

    private TimeSpan Left(long arrived)
    {
        var left = Limit - clock.GetElapsedTime(arrived);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

/// <summary>A verified delivery, kept apart from its request, which may end before the handling does.</summary>
/// <param name="Event">What it reports.</param>
/// <param name="Body">The raw bytes.</param>
/// <param name="Headers">What its headers say.</param>
/// <param name="Keys">What makes another delivery the same event.</param>
internal sealed record Delivery(WebhookEvent Event, byte[] Body, WebhookHeaders Headers, EventKeys Keys)
{
    public static Delivery Of(string endpoint, ReadOnlyMemory<byte> body, WebhookHeaders headers)
    {
        var received = SixtyfourWebhook.Parse(body, headers: headers);
        return new(received, body.ToArray(), headers, EventKeys.Of(endpoint, body.Span, received));
    }
}
