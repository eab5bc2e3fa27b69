using Microsoft.AspNetCore.Http;
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
        var settings = options.CurrentValue;
        var signature = context.Request.Headers[WebhookHeaders.SignatureName].ToString();
        var verifying = new WebhookVerifyOptions { Tolerance = settings.Tolerance, TimeProvider = clock };

        // Deliveries that no body could make valid are refused before the body is read.
        var verdict = SixtyfourWebhook.Verify(default, signature, settings.WebhookSecrets, verifying);
        var isUnsigned = verdict is WebhookVerdict.NoSecretConfigured && settings.AllowUnsigned;
        if (!isUnsigned && verdict is not (WebhookVerdict.Valid or WebhookVerdict.NoSignatureMatches))
        {
            return (verdict, Refuse(verdict));
        }

        WebhookEvent received;
        string[] keys;
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
                received = target.Receive(body.Memory, WebhookHeaders.Read(name => context.Request.Headers[name]));
            }
            catch (InvalidResponseException e)
            {
                Log.Unreadable(_logger, e.Message);
                return (verdict, Outcome.Unreadable);
            }

            keys = EventKeys.Of(body.Memory.Span, received);
        }

        return (verdict, await HandleOnceAsync(target, received, keys, arrived).ConfigureAwait(false));
    }

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

    private async Task<Outcome> HandleOnceAsync(WebhookTarget target, WebhookEvent received, string[] keys, long arrived)
    {
        var (run, isDuplicate) = inFlight.Join(keys, () => RunAsync(target, received, keys, arrived));
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

    private async Task<Outcome> RunAsync(WebhookTarget target, WebhookEvent received, string[] keys, long arrived)
    {
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
        var outcome = await HandleAsync(target, received, limit.Token).ConfigureAwait(false);
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

    private async Task<Outcome> HandleAsync(WebhookTarget target, WebhookEvent received, CancellationToken cancellationToken)
    {
        try
        {
            await target.HandleAsync(received, cancellationToken).ConfigureAwait(false);
            return Outcome.Handled;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome.HandlerTimedOut;
        }
        catch (Exception e)
        {
            Log.HandlerFailed(_logger, e, received.ToString(), received.DeliveryAttempt);
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
