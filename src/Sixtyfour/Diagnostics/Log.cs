using Microsoft.Extensions.Logging;

namespace Sixtyfour.Diagnostics;

/// <summary>Every log message of the SDK. None holds an input, an answer, an address with its query, or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "/{Route} answered after {Attempts} attempt(s) in {Elapsed}")]
    public static partial void CallSucceeded(ILogger logger, string route, int attempts, TimeSpan elapsed);

    [LoggerMessage(2, LogLevel.Warning, "/{Route} failed after {Attempts} attempt(s) in {Elapsed}: {Failure}")]
    public static partial void CallFailed(ILogger logger, string route, int attempts, TimeSpan elapsed, string failure);

    [LoggerMessage(3, LogLevel.Information, "/{Route} will be sent again in {Delay}: attempt {Attempt} ended in {Failure}")]
    public static partial void Retrying(ILogger logger, string route, TimeSpan delay, int attempt, string failure);

    [LoggerMessage(
        4,
        LogLevel.Information,
        "Removed {Handlers} from the HTTP client '{ClientName}': their timeouts and retries do not suit paid calls. KeepAppWideResilience keeps them.")]
    public static partial void ResilienceHandlersRemoved(ILogger logger, string clientName, string handlers);

    [LoggerMessage(5, LogLevel.Error, "A reload of the Sixtyfour options '{Name}' is ignored, the last valid ones stay in effect: {Problems}")]
    public static partial void ReloadIgnored(ILogger logger, string name, string problems);

    [LoggerMessage(6, LogLevel.Error, "A callback of the application threw an exception; the answer it was called for is not lost")]
    public static partial void CallbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Debug, "Job {JobId} is {Status} after {Elapsed}")]
    public static partial void JobSeen(ILogger logger, string jobId, string status, TimeSpan elapsed);

    [LoggerMessage(8, LogLevel.Information, "Job {JobId} could not be polled ({Failure}); the wait goes on")]
    public static partial void PollFailed(ILogger logger, string jobId, string failure);

    [LoggerMessage(10, LogLevel.Warning, "Polls have begun to fail, first for job {JobId}: {Reason}")]
    public static partial void PollsBeganToFail(ILogger logger, string jobId, string reason);

    [LoggerMessage(
        28,
        LogLevel.Error,
        "Job {JobId} was started for file {File} of a bulk run, is paid for, and could not be written to the journal; its idempotency key is {Key}")]
    public static partial void BulkJobNotInJournal(ILogger logger, string jobId, int file, string key, Exception exception);

    [LoggerMessage(9, LogLevel.Debug, "The stages of job {JobId} could not be read ({Failure}); the wait goes on")]
    public static partial void StagesUnknown(ILogger logger, string jobId, string failure);

    [LoggerMessage(12, LogLevel.Warning, "The application's rate limiter has begun to throw; it is asked again after a pause")]
    public static partial void LimiterBeganToFail(ILogger logger, Exception exception);

    [LoggerMessage(
        11,
        LogLevel.Error,
        "A reload changed the endpoint to {NewOrigin}, but this client keeps {Origin}: its key is not used. Restart the application to change the endpoint")]
    public static partial void KeyOfAnotherOrigin(ILogger logger, string newOrigin, string origin);

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "The run has ended, and the start of input {Index} was not answered within {Grace}: a job may run. OnStarted still gets its id if it comes")]
    public static partial void StartLeftBehind(ILogger logger, long index, TimeSpan grace);

    [LoggerMessage(21, LogLevel.Warning, "The run has ended, but its source of inputs did not end within {Grace}")]
    public static partial void InputsLeftBehind(ILogger logger, TimeSpan grace);

    [LoggerMessage(22, LogLevel.Warning, "Job {JobId} was started by a run that had already ended; the job goes on")]
    public static partial void StartAnsweredLate(ILogger logger, string jobId);

    [LoggerMessage(23, LogLevel.Error, "OnStarted threw an exception for job {JobId}, which was started and is paid for; nothing more will be started")]
    public static partial void StartedCallbackFailed(ILogger logger, string jobId, Exception exception);

    [LoggerMessage(24, LogLevel.Information, "/{Route} was refused {Refusals} time(s) by the request limit; it waits for another permit")]
    public static partial void StartRefused(ILogger logger, string route, int refusals);

    [LoggerMessage(
        25,
        LogLevel.Warning,
        "The outcome of input {Index} was not read: its start may have run and been charged, and there is no id. Check your account before you pay again")]
    public static partial void StartInDoubt(ILogger logger, long index);

    [LoggerMessage(
        26,
        LogLevel.Warning,
        "The outcome of input {Index} was not read: job {JobId} is paid for ({Outcome}). Read it with GetJob or ResumeJobId, at no cost")]
    public static partial void OutcomeNotTaken(ILogger logger, long index, string jobId, string outcome);

    [LoggerMessage(
        27,
        LogLevel.Warning,
        "The run ended while it waited for job {JobId} of input {Index}: the job goes on and is paid for. Wait for it with GetJob or ResumeJobId, at no cost")]
    public static partial void JobLeftBehind(ILogger logger, string jobId, long index);
}

/// <summary>The application's logger. An exception from it must not cost a paid answer or a permit, and there is nowhere to report it.</summary>
internal sealed class QuietLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // See above.
        }
    }
}
