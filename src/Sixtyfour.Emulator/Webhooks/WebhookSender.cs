using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Webhooks;

/// <summary>Reports the ends of jobs: one delivery, and up to five more after 1, 2, 4, 8 and 16 seconds until one is taken.</summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan[] Waits = [.. new[] { 1, 2, 4, 8, 16 }.Select(seconds => TimeSpan.FromSeconds(seconds))];
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(30);

    // A little over 49 days is the longest wait of the framework's timers.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    // A receiver that has not answered by then is taken to wait for the clock itself: jumps no longer wait for it.
    private static readonly TimeSpan CountsAsBusy = TimeSpan.FromSeconds(1);

    private readonly JobBook _book;
    private readonly SigningSecrets _secrets;
    private readonly FaultQueue _faults;
    private readonly Traffic _traffic;
    private readonly TimeProvider _clock;
    private readonly int _seed;
    private readonly TimeSpan _answerLimit;
    private readonly WebhookHttp _http;
    private readonly DeliveryLog _log;
    private readonly HashSet<CancellationTokenSource> _held = [];
    private CancellationTokenSource _stopping = new();
    private int _replays;

    public WebhookSender(JobBook book, SigningSecrets secrets, FaultQueue faults, Traffic traffic, TimeProvider clock, EmulatorOptions options)
    {
        (_book, _secrets, _faults, _traffic, _clock, _seed) = (book, secrets, faults, traffic, clock, options.Seed);
        // Ten seconds for the receiver, however fast the clock runs.
        _answerLimit = clock is ScaledClock { Scale: > 1 and var scale }
            ? TimeSpan.FromSeconds(Math.Min(AnswerLimit.TotalSeconds * scale, LongestTimer.TotalSeconds))
            : AnswerLimit;
        _http = new(options.AllowsLocalWebhooks);
        _log = new(options.MaxRecordedRequests);
    }

    public IReadOnlyList<WebhookDelivery> Deliveries => _log.All();

    /// <summary>Reports the end of a job when it comes, whether by itself or by hand; of a cancelled one nothing is reported.</summary>
    public void Follow(EmulatorJob job, Uri target)
    {
        _traffic.Begin();
        _ = FollowAsync(job, target, _stopping.Token);
    }

    /// <summary>Delivers an event until it is taken or given up.</summary>
    public void Send(WebhookMessage message)
    {
        _traffic.Begin();
        _ = SendAsync(message, _stopping.Token);
    }

    public void Clear()
    {
        Interlocked.Exchange(ref _stopping, new()).Cancel();
        _log.Clear();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _http.Dispose();
    }

    private async Task FollowAsync(EmulatorJob job, Uri target, CancellationToken stopping)
    {
        try
        {
            await EndOfAsync(job, stopping).ConfigureAwait(false);
            var state = _book.Look(job);
            if (state.Status.IsSuccess || (state.Status != Ending.Cancelled && job.Work.ReportsFailure))
            {
                await DeliverAsync(await MessageOfAsync(job, state, target).ConfigureAwait(false), stopping).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is (OperationCanceledException or ObjectDisposedException))
        {
            // The emulator goes, or starts anew.
        }
        finally
        {
            _traffic.End();
        }
    }

    private async Task SendAsync(WebhookMessage message, CancellationToken stopping)
    {
        try
        {
            await DeliverAsync(message, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is (OperationCanceledException or ObjectDisposedException))
        {
            // The emulator goes, or starts anew.
        }
        finally
        {
            _traffic.End();
        }
    }

    private async Task EndOfAsync(EmulatorJob job, CancellationToken stopping)
    {
        var ended = new CancellationTokenSource();   // not disposed: whoever ends the job may be about to cancel it
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, ended.Token);
        job.OnEnding = ended.Cancel;
        try
        {
            // Again when a timer was a trifle early.
            while (_book.Look(job).EndedAt is null)
            {
                await _traffic.WaitAsync(job.DueAt - _clock.GetUtcNow(), either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Ended by hand.
        }
        finally
        {
            job.OnEnding = null;
        }
    }

    private async Task<WebhookMessage> MessageOfAsync(EmulatorJob job, JobState state, Uri target)
    {
        var eventId = Dice.Guid(_seed, "event", job.Id).ToString();
        var body = await job.Work.ReportAsync(job, state, eventId).ConfigureAwait(false);
        return new(eventId, job.Work.EventType, job.Id, job.Path, target, JsonText.Write(body));
    }

    private async Task DeliverAsync(WebhookMessage message, CancellationToken stopping)
    {
        for (var attempt = 1; !await TryAsync(message, attempt, stopping).ConfigureAwait(false) && attempt <= Waits.Length; attempt++)
        {
            await _traffic.WaitAsync(Waits[attempt - 1], stopping).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAsync(WebhookMessage message, int attempt, CancellationToken stopping)
    {
        if (_faults.Take(message.Path, stage => stage is FaultStage.Delivery) is not { } fault)
        {
            return await PostAsync(message, attempt, stopping).ConfigureAwait(false);
        }

        switch (fault.Flaw)
        {
            case DeliveryFlaw.Doubled:
                var both = await Task.WhenAll(PostAsync(message, attempt, stopping), PostAsync(message, attempt, stopping)).ConfigureAwait(false);
                return both.Any(taken => taken);
            case DeliveryFlaw.Delayed:
                await _traffic.WaitAsync(fault.DeliveryDelay, stopping).ConfigureAwait(false);
                return await PostAsync(message, attempt, stopping).ConfigureAwait(false);
            case DeliveryFlaw.Overtaken:
                await HoldAsync(stopping).ConfigureAwait(false);
                return await PostAsync(message, attempt, stopping).ConfigureAwait(false);
            case DeliveryFlaw.Corrupted:
                return await PostAsync(message.Corrupted(), attempt, stopping, signedFor: message).ConfigureAwait(false);
            case DeliveryFlaw.Replayed:
                var isTaken = await PostAsync(message, attempt, stopping).ConfigureAwait(false);
                if (isTaken)
                {
                    await PostAsync(Replay(message), 1, stopping).ConfigureAwait(false);
                }

                return isTaken;
            default:
                _log.Add(NewDelivery(message, attempt, signatures: 0)).Failed("dropped");
                return false;
        }
    }

    private WebhookMessage Replay(WebhookMessage message) =>
        message with { EventId = Dice.Guid(_seed, "replay", $"{Interlocked.Increment(ref _replays)}").ToString() };

    private async Task<bool> PostAsync(WebhookMessage message, int attempt, CancellationToken stopping, WebhookMessage? signedFor = null)
    {
        var (signature, count) = _secrets.Sign((signedFor ?? message).Body.Span);
        var entry = _log.Add(NewDelivery(message, attempt, count));
        using var timeout = new CancellationTokenSource(_answerLimit, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            entry.WasAnswered(await WhileBusyAsync(_http.PostAsync(message, attempt, signature, limit.Token)).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            entry.Failed(e.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            entry.Failed($"no answer within {AnswerLimit.TotalSeconds:0} s");
        }

        LetGoOfTheHeld();
        return entry.Delivery.IsSuccess;
    }

    private async Task<int> WhileBusyAsync(Task<int> post)
    {
        using var enough = new CancellationTokenSource();
        if (await Task.WhenAny(post, Task.Delay(CountsAsBusy, enough.Token)).ConfigureAwait(false) == post)
        {
            await enough.CancelAsync().ConfigureAwait(false);
            return await post.ConfigureAwait(false);
        }

        _traffic.End();
        try
        {
            return await post.ConfigureAwait(false);
        }
        finally
        {
            _traffic.Begin();
        }
    }

    private async Task HoldAsync(CancellationToken stopping)
    {
        using var overtaken = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lock (_held)
        {
            _held.Add(overtaken);
        }

        try
        {
            await _traffic.WaitAsync(LongestHold, overtaken.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Another one has gone before.
        }
        finally
        {
            lock (_held)
            {
                _held.Remove(overtaken);
            }
        }
    }

    private void LetGoOfTheHeld()
    {
        lock (_held)
        {
            foreach (var held in _held)
            {
                held.Cancel();
            }
        }
    }

    private WebhookDelivery NewDelivery(WebhookMessage message, int attempt, int signatures) => new(message.EventId, message.EventType, attempt, message.Target)
    {
        JobId = message.JobId,
        SentAt = _clock.GetUtcNow(),
        Signatures = signatures,
    };
}
