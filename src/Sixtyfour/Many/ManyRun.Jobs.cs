using Sixtyfour.Diagnostics;
using Sixtyfour.Jobs;

namespace Sixtyfour.Many;

internal sealed partial class ManyRun<TInput, TResult>
{
    // Refused at the door each time, so nothing ran: the schedule gives it another turn.
    private const int MostRefusals = 20;

    private async Task StartAsync(TInput input, long index, ReadOnlyMemory<byte> body, decimal reservation)
    {
        _startsOut.Add(index);
        string? jobId = null;
        Outcome<TInput, TResult>? outcome = null;
        var started = 0L;
        try
        {
            jobId = await SendAsync(input, body).ConfigureAwait(false);
            started = _poller.Clock.GetTimestamp();
            _tally.Started();
            await HandOverAsync(input, jobId).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _costs.Release(reservation);
        }
        catch (SixtyfourException error)
        {
            outcome = NotStarted(input, index, reservation, error);
        }
        catch (Exception cause)
        {
            // A callback, or the vault that holds the key: nothing was sent.
            _costs.Release(reservation);
            Stop(cause);
        }
        finally
        {
            _mayStart.Release();
            _startsOut.Remove(index);
        }

        if (jobId is not null)
        {
            // Not awaited: what the start needed must not be kept for the minutes of the wait.
            _ = WaitForAsync(input, index, jobId, started, reservation);
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
            using var turn = await _poller.StartTurnAsync(_work.Route, _stopping.Token).ConfigureAwait(false);
            if (_settings.OnStarting is { } onStarting && refusals is 0)
            {
                await onStarting(input, _stopping.Token).ConfigureAwait(false);
            }

            try
            {
                return await _work.StartAsync(body, turn, _stopping.Token).ConfigureAwait(false);
            }
            catch (RateLimitedException) when (refusals < MostRefusals)
            {
                Log.StartRefused(_logger, _work.Route, refusals + 1);
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

    private Outcome<TInput, TResult>? NotStarted(TInput input, long index, decimal reservation, SixtyfourException error)
    {
        if (MayHaveRun(error))
        {
            _costs.Settle(reservation, charge: null);
        }
        else
        {
            _costs.Release(reservation);
        }

        if (StopsTheRun(error))
        {
            Stop(error);
            return null;
        }

        _tally.NotStarted();
        return new(input, index, error.JobId, error);
    }

    private async Task WaitForAsync(TInput input, long index, string jobId, long? started, decimal? reservation)
    {
        Outcome<TInput, TResult>? outcome = null;
        _tally.Opened();
        decimal? charge = null;
        try
        {
            var end = await _poller.EndAsync(new(jobId, _work.Kind, started), _ending.Token).ConfigureAwait(false);
            charge = end.ChargeCents;
            outcome = end.Status.IsSuccess ? new(input, index, jobId, _work.Read(end)) : new(input, index, jobId, JobPoller.Failure(end));
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

        if (reservation is { } reserved)
        {
            _costs.Settle(reserved, charge);
        }
        else
        {
            _costs.Learn(charge);
        }

        _tally.Closed(outcome?.Succeeded, charge);
        Finished(index, outcome);
    }

    // What holds for one input here holds for all of them.
    private static bool StopsTheRun(SixtyfourException error) => error is InvalidApiKeyException or InsufficientCreditsException or PermissionDeniedException;

    private static bool MayHaveRun(SixtyfourException error) => error switch
    {
        OutcomeUnknownException or InvalidResponseException or ServerErrorException => true,
        _ => false,
    };
}
