using Sixtyfour.Diagnostics;
using Sixtyfour.Jobs;

namespace Sixtyfour.Research;

internal sealed partial class ManyRun<TInput, TResult>
{
    // Each refusal is a 429, so nothing ran: the start waits for another permit.
    private const int MostRefusals = 20;

    private async Task StartAsync(TInput input, long index, ReadOnlyMemory<byte> body, CostReservation reservation)
    {
        _pendingStarts.Add(index);
        string? jobId = null;
        ManyOutcome<TInput, TResult>? outcome = null;
        var started = 0L;
        try
        {
            jobId = await SendAsync(input, body, ReserveRepeat).ConfigureAwait(false);
            if (jobId is null)
            {
                _costs.Release(reservation);
            }
            else
            {
                started = _poller.Clock.GetTimestamp();
                _tally.Started();
                await HandOverAsync(input, jobId).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException left) when (_stopping.IsCancellationRequested)
        {
            outcome = Left(input, index, reservation, left.InnerException as OutcomeUnknownException);
        }
        catch (SixtyfourException error)
        {
            outcome = NotStarted(input, index, reservation, error);
        }
        catch (Exception cause)
        {
            // For example the key source: nothing was sent.
            _costs.Release(reservation);
            Stop(cause);
        }
        finally
        {
            _mayStart.Release();
            _pendingStarts.Remove(index);
        }

        if (jobId is not null)
        {
            // Not awaited: the objects of the start must not be kept for the minutes of the wait.
            _ = WaitForAsync(input, index, jobId, reservation, started);
        }
        else
        {
            Finished(index, outcome);
        }

        // An attempt that may have been charged keeps its reservation, and the next one needs another.
        bool ReserveRepeat()
        {
            if (_costs.TryReserve(1, out var next) is not CostVerdict.Go)
            {
                return false;
            }

            _costs.Settle(reservation, charge: null);
            reservation = next;
            return true;
        }
    }

    /// <summary>The id of the job; null when <c>OnStarting</c> kept it from being sent.</summary>
    private async Task<string?> SendAsync(TInput input, ReadOnlyMemory<byte> body, Func<bool> reserveRepeat)
    {
        for (var refusals = 0; ; refusals++)
        {
            using var permit = await _poller.AcquireStartAsync(_endpoint.StartRoute, _stopping.Token).ConfigureAwait(false);
            if (refusals is 0 && !await MayStartAsync(input).ConfigureAwait(false))
            {
                return null;
            }

            try
            {
                return await _endpoint.SendStartAsync(body, _work.Each, permit, reserveRepeat, _stopping.Token).ConfigureAwait(false);
            }
            catch (RateLimitedException) when (refusals < MostRefusals)
            {
                Log.StartRefused(_logger, _endpoint.StartRoute, refusals + 1);
            }
            catch (SixtyfourException brokenOff) when (brokenOff.MayHaveRun && brokenOff.JobId is { } jobId)
            {
                // The answer broke off after the id: the job runs like any other.
                return jobId;
            }
        }
    }

    private async Task<bool> MayStartAsync(TInput input)
    {
        try
        {
            if (_settings.OnStarting is { } onStarting)
            {
                await onStarting(input, _stopping.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception cause)
        {
            // Of any type: an exception of the SDK that the callback throws is not about this start.
            Stop(cause);
            return false;
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
            // The job runs and is paid for even if the callback fails: its id stays in the log and in the outcome.
            Log.StartedCallbackFailed(_logger, jobId, cause);
            Stop(cause);
        }
    }

    // An attempt before the canceled one may have run.
    private ManyOutcome<TInput, TResult>? Left(TInput input, long index, CostReservation reservation, OutcomeUnknownException? doubt)
    {
        if (doubt is not null)
        {
            return NotStarted(input, index, reservation, doubt);
        }

        _costs.Release(reservation);
        return null;
    }

    private ManyOutcome<TInput, TResult>? NotStarted(TInput input, long index, CostReservation reservation, SixtyfourException error)
    {
        if (error.MayHaveRun)
        {
            _costs.Settle(reservation, charge: null);
        }
        else
        {
            _costs.Release(reservation);
        }

        if (StopsTheRun(error))
        {
            Stop(Refusal(error));
            if (!error.MayHaveRun)
            {
                return null;
            }
        }

        _tally.NotStarted();
        return new(input, index, error.JobId, error);
    }

    /// <param name="input">The caller's.</param>
    /// <param name="index">Its position.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="reservation">What this run reserved for it; null for a resumed job, whose charge does not count for this run.</param>
    /// <param name="started">The time stamp of its start; null for a resumed job.</param>
    private async Task WaitForAsync(TInput input, long index, string jobId, CostReservation? reservation, long? started)
    {
        ManyOutcome<TInput, TResult>? outcome = null;
        _tally.Opened();
        decimal? charge = null;
        try
        {
            var end = await _poller.EndAsync(new(jobId, _work.Kind, started), _ending.Token).ConfigureAwait(false);
            charge = end.ChargeCents;
            outcome = end.Status.IsSuccess
                ? new(input, index, jobId, ResearchEndpoint.Read(end, _work.Read))
                : new(input, index, jobId, JobPoller.Failure(end));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The job goes on.
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

        if (outcome is null)
        {
            Log.JobLeftBehind(_logger, jobId, index);
        }

        if (reservation is not null)
        {
            _costs.Settle(reservation, charge);
        }

        _tally.Closed(outcome?.Succeeded, charge);
        Finished(index, outcome);
    }

    // For a paid or doubtful outcome that was not taken only the id or the position remains.
    private void NotTaken(ManyOutcome<TInput, TResult> outcome)
    {
        if (outcome.JobId is { } jobId)
        {
            Log.OutcomeNotTaken(_logger, outcome.Index, jobId, outcome.Succeeded ? "succeeded" : outcome.Error.GetType().Name);
        }
        else if (outcome.Error is { MayHaveRun: true })
        {
            Log.StartInDoubt(_logger, outcome.Index);
        }
    }

    // These errors apply to all inputs.
    private static bool StopsTheRun(SixtyfourException error) =>
        Refusal(error) is InvalidApiKeyException or InsufficientCreditsException or PermissionDeniedException;

    // After an attempt that may have run, a refusal is the inner exception of the unknown outcome.
    private static SixtyfourException Refusal(SixtyfourException error) =>
        error is OutcomeUnknownException { InnerException: SixtyfourApiException refusal } ? refusal : error;
}
