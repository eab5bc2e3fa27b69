namespace Sixtyfour.Research;

internal sealed partial class ManyRun<TInput, TResult>
{
    private async Task FeedAsync(IAsyncEnumerable<TInput> inputs)
    {
        var stop = _stopping.Token;
        try
        {
            long index = 0;
            await _room.WaitAsync(stop).ConfigureAwait(false);
            await foreach (var input in inputs.WithCancellation(stop).ConfigureAwait(false))
            {
                // Counted before anything can fail, so that the order of outcomes has no gaps.
                Interlocked.Increment(ref _unfinished);
                await FeedAsync(input, index++, stop).ConfigureAwait(false);
                await _room.WaitAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is ending.
        }
        catch (Exception cause)
        {
            // The inputs failed, or a callback on them: earlier inputs go on, and are yielded first.
            SetCause(cause);
        }
        finally
        {
            FinishOne();
        }
    }

    private async Task FeedAsync(TInput input, long index, CancellationToken stop)
    {
        var isHandedOver = false;
        try
        {
            if (_settings.ResumeJobId?.Invoke(input) is { } known && !string.IsNullOrWhiteSpace(known))
            {
                isHandedOver = true;
                _ = WaitForAsync(input, index, known, reservation: null, started: null);
                return;
            }

            var start = _work.Write(input);
            if (start.Refusal is { } refusal)
            {
                isHandedOver = true;
                _tally.NotStarted();
                Finished(index, new(input, index, null, refusal));
                return;
            }

            using var expected = _poller.ReserveStart();
            await _mayStart.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                var reservation = await ReserveAsync(stop).ConfigureAwait(false);
                isHandedOver = true;
                _ = StartAsync(input, index, start.Body, reservation);
            }
            finally
            {
                if (!isHandedOver)
                {
                    _mayStart.Release();
                }
            }
        }
        finally
        {
            if (!isHandedOver)
            {
                Finished(index, null);
            }
        }
    }

    private async Task<CostReservation> ReserveAsync(CancellationToken stop)
    {
        while (true)
        {
            var changed = _costs.Changed;
            switch (_costs.TryReserve(1, out var reservation))
            {
                case CostVerdict.Go:
                    return reservation;
                case CostVerdict.Stop:
                    throw _costs.Exceeded();
                default:
                    await WaitAsync(changed, stop).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static async Task WaitAsync(Task task, CancellationToken cancellationToken)
    {
        var left = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaves = cancellationToken.Register(() => left.TrySetCanceled(cancellationToken));
        await (await Task.WhenAny(task, left.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
