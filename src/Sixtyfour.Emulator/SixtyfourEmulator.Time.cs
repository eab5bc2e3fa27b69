using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator;

public sealed partial class SixtyfourEmulator
{
    /// <summary>The clock of everything here: run times, rate limit, the dates in answers. Give it to the code under test.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Moves a manual clock on; the timers that are due by then fire in their order, on this thread.</summary>
    /// <param name="by">How far.</param>
    /// <exception cref="InvalidOperationException">The clock is not manual.</exception>
    public void Advance(TimeSpan by)
    {
        if (Clock is not ManualClock manual)
        {
            throw new InvalidOperationException("This emulator's clock moves by itself: set EmulatorOptions.ManualClock to move it by hand.");
        }

        manual.Advance(by);
    }

    /// <summary>Lets a task finish by jumping from timer to timer, never past a request in flight: minutes of waiting pass in no time.</summary>
    /// <remarks>
    /// Before each jump nothing may have happened for <see cref="EmulatorOptions.SettlePeriod"/> of real time: no request is being worked on, no timer of the
    /// clock was touched, the thread pool is idle. A request that itself waits for the clock does not hold it up. Code that computes for longer than that
    /// without touching the clock or the network may be jumped over: it then sees a later time than it would have, never an earlier one.
    /// With a clock that moves by itself this only awaits the task.
    /// </remarks>
    /// <param name="task">The task, already running.</param>
    /// <param name="cancellationToken">Ends the jumping, not the task.</param>
    /// <typeparam name="T">What the task returns.</typeparam>
    /// <returns>What the task returns.</returns>
    /// <exception cref="InvalidOperationException">
    /// Nothing has moved for <see cref="EmulatorOptions.StallLimit"/>: the task waits for something else.
    /// </exception>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> task, CancellationToken cancellationToken = default)
    {
        await AdvanceUntilAsync((Task)task, cancellationToken).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="AdvanceUntilAsync{T}"/>
    public async Task AdvanceUntilAsync(Task task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (_jumper is not null)
        {
            await _jumper.JumpUntilAsync(task, cancellationToken).ConfigureAwait(false);
        }

        await task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static TimeProvider ClockFor(EmulatorOptions options)
    {
        if (options.TimeProvider is not null)
        {
            return options.TimeProvider;
        }

        if (options.ManualClock)
        {
            return new ManualClock();
        }

        return options.TimeScale == 1 ? TimeProvider.System : new ScaledClock(TimeProvider.System, options.TimeScale);
    }
}
