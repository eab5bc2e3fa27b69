using Microsoft.Extensions.Logging;

namespace Sixtyfour.AspNetCore.Diagnostics;

/// <summary>All log messages of the receiver. None contains a body, a secret, a signature or anything else from an unverified request.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "A webhook was refused as {Verdict}. {Explanation}")]
    public static partial void Refused(ILogger logger, WebhookVerdict verdict, string explanation);

    [LoggerMessage(
        102,
        LogLevel.Warning,
        "A webhook was accepted without verification: no secret is configured "
        + "and AllowUnsigned is set. For development only")]
    public static partial void AcceptedUnsigned(ILogger logger);

    [LoggerMessage(103, LogLevel.Error, "A verified webhook could not be read and was answered with 400: {Problem}")]
    public static partial void Unreadable(ILogger logger, string problem);

    [LoggerMessage(104, LogLevel.Warning, "A webhook was refused: its body is longer than {MaxBodyBytes} bytes. MaxBodyBytes raises the limit")]
    public static partial void TooLarge(ILogger logger, int maxBodyBytes);

    [LoggerMessage(105, LogLevel.Warning, "A webhook was abandoned: its body had not arrived after {Limit}")]
    public static partial void TooSlow(ILogger logger, TimeSpan limit);

    [LoggerMessage(106, LogLevel.Debug, "{Event}, attempt {Attempt}, was handled in {Elapsed}")]
    public static partial void Handled(ILogger logger, string @event, int attempt, TimeSpan elapsed);

    [LoggerMessage(107, LogLevel.Debug, "{Event}, attempt {Attempt}, had already been handled")]
    public static partial void Repeated(ILogger logger, string @event, int attempt);

    [LoggerMessage(108, LogLevel.Error, "The handler failed on {Event}, attempt {Attempt}; the sender gets 500 and tries again")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string @event, int attempt);

    [LoggerMessage(
        109,
        LogLevel.Error,
        "{Event}, attempt {Attempt}, was not handled within {Limit}; the sender "
        + "gets 500 and tries again. Put longer work into a queue")]
    public static partial void HandlerTimedOut(ILogger logger, string @event, int attempt, TimeSpan limit);

    [LoggerMessage(
        110,
        LogLevel.Warning,
        "The handler of {Event} succeeded after {Elapsed}, when the sender had already got "
        + "500: the next attempt is answered without running it again")]
    public static partial void HandledLate(ILogger logger, string @event, TimeSpan elapsed);

    [LoggerMessage(
        111,
        LogLevel.Warning,
        "Reading the distributed cache failed ({Failure}), so it is unknown whether "
        + "{Event} was already handled; it is handled now, perhaps again")]
    public static partial void MarksNotRead(ILogger logger, string failure, string @event);

    [LoggerMessage(112, LogLevel.Warning, "Writing to the distributed cache failed ({Failure}); if {Event} is delivered again, it is handled again")]
    public static partial void MarksNotWritten(ILogger logger, string failure, string @event);

    [LoggerMessage(113, LogLevel.Error, "A reload of the Sixtyfour webhook options is ignored, and the last valid options stay in use: {Problems}")]
    public static partial void ReloadIgnored(ILogger logger, string problems);

    [LoggerMessage(
        114,
        LogLevel.Warning,
        "The webhook endpoint {Pattern} only wakes waits for jobs, and no Sixtyfour "
        + "client is registered: call AddSixtyfour, or pass a handler")]
    public static partial void NothingToNotify(ILogger logger, string pattern);
}
