using Sixtyfour.Diagnostics;
using Sixtyfour.Jobs;

namespace Sixtyfour.Research;

internal sealed partial class ManyRun<TInput, TResult>
{
    // Refused at the door each time, so nothing ran: the schedule gives it another turn.
    private const int MostRefusals = 20;

    private async Task StartAsync(TInput input, long index, ReadOnlyMemory<byte> body)
    {
        _pendingStarts.Add(index);
        string? jobId = null;
        ManyOutcome<TInput, TResult>? outcome = null;
        var started = 0L;
        try
        {
            jobId = await SendAsync(input, body).ConfigureAwait(false);
            started = _poller.Clock.GetTimestamp();
            _tally.Started();
            await HandOverAsync(input, jobId).ConfigureAwait(false);
        }
        catch (OperationCanceledException left) when (_stopping.IsCancellationRequested)
        {
            outcome = Left(input, index, left.InnerException as OutcomeUnknownException);
        }
        catch (SixtyfourException error)
        {
            outcome = NotStarted(input, index, error);
        }
        catch (Exception cause)
        {
            // A callback, or the vault that holds the key: nothing was sent.
            _costs.Release();
            Stop(cause);
        }
        finally
        {
            _mayStart.Release();
            _pendingStarts.Remove(index);
        }

        if (jobId is not null)
        {
            // Not awaited: what the start needed must not be kept for the minutes of the wait.
            _ = WaitForAsync(input, index, jobId, started);
        }
        else
        {
            Finished(index, outcome);
        }
    }

    private async Task<string> SendAsync(TInput input, ReadOnlyMemory<byte> body)
    {
        for (var refusals = 0; ; refusals++)
        {
            using var turn = await _poller.StartTurnAsync(_endpoint.StartRoute, _stopping.Token).ConfigureAwait(false);
            if (_settings.OnStarting is { } onStarting && refusals is 0)
            {
                await onStarting(input, _stopping.Token).ConfigureAwait(false);
            }

            try
            {
                return await _endpoint.SendStartAsync(body, _work.Each, turn, _stopping.Token).ConfigureAwait(false);
            }
            catch (RateLimitedException) when (refusals < MostRefusals)
            {
                Log.StartRefused(_logger, _endpoint.StartRoute, refusals + 1);
            }
            catch (SixtyfourException brokenOff) when (brokenOff.MayHaveRun && brokenOff.JobId is { } jobId)
            {
                // The answer broke off behind the id: the job runs, and is as good as any other.
                return jobId;
            }
        }
    }

    private async Task HandOverAsync(TInput input, string jobId)
    {
        var isLate = _graceOver.IsCancellationRequested;
        if (isLate)
        {
            Log.StartAnsweredLate(_logger, jobId);
        }

        try
        {
            if (_settings.OnStarted is { } onStarted)
            {
                await onStarted(input, jobId, isLate ? CancellationToken.None : _graceOver.Token).ConfigureAwait(false);
            }
        }
        catch (Exception cause)
        {
            // The job runs and is paid for, whatever the callback says: its id stays in the log and in the outcome.
            Log.StartedCallbackFailed(_logger, jobId, cause);
            Stop(cause);
        }
    }

    // An attempt before the one that was called off may have run, and whoever still takes outcomes is told.
    private ManyOutcome<TInput, TResult>? Left(TInput input, long index, OutcomeUnknownException? doubt)
    {
        if (doubt is not null)
        {
            return NotStarted(input, index, doubt);
        }

        _costs.Release();
        return null;
    }

    private ManyOutcome<TInput, TResult>? NotStarted(TInput input, long index, SixtyfourException error)
    {
        if (error.MayHaveRun)
        {
            _costs.Settle(charge: null);
            if (_ending.IsCancellationRequested)
            {
                Log.StartInDoubt(_logger, index);
            }
        }
        else
        {
            _costs.Release();
        }

        if (StopsTheRun(error))
        {
            Stop(Last(error));
            if (!error.MayHaveRun)
            {
                return null;
            }
        }

        _tally.NotStarted();
        return new(input, index, error.JobId, error);
    }

    private async Task WaitForAsync(TInput input, long index, string jobId, long? started)
    {
        ManyOutcome<TInput, TResult>? outcome = null;
        _tally.Opened();
        decimal? charge = null;
        try
        {
            var end = await _poller.EndAsync(new(jobId, _work.Kind, started), _ending.Token).ConfigureAwait(false);
            charge = end.ChargeCents;
            outcome = end.Status.IsSuccess ? new(input, index, jobId, ResearchEndpoint.Read(end, _work.Read)) : new(input, index, jobId, JobPoller.Failure(end));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // Nobody takes outcomes any more; the job goes on, and its id is known.
        }
        catch (SixtyfourException error)
        {
            outcome = new(input, index, jobId, error);
            if (StopsTheRun(error))
            {
                Stop(error);
            }
        }
        catch (Exception cause)
        {
            Stop(cause);
        }

        if (started is null)
        {
            _costs.Learn(charge);
        }
        else
        {
            _costs.Settle(charge);
        }

        _tally.Closed(outcome?.Succeeded, charge);
        Finished(index, outcome);
    }

    // What holds for one input here holds for all of them.
    private static bool StopsTheRun(SixtyfourException error) => Last(error) is InvalidApiKeyException or InsufficientCreditsException or PermissionDeniedException;

    // After an attempt that may have run, a refusal comes inside the doubt.
    private static SixtyfourException Last(SixtyfourException error) =>
        error is OutcomeUnknownException { InnerException: SixtyfourApiException refusal } ? refusal : error;
}
