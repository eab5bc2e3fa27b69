using System.Net;

namespace Sixtyfour.Jobs;

/// <summary>The polls of one job that failed one after the other, and what they mean for those that wait.</summary>
internal sealed class PollFailures(TimeSpan since)
{
    private const double LongestPauseSeconds = 30;
    private const double Jitter = 0.1;

    // Two and a half minutes of them: a proxy that is being replaced, a firewall that asks for a moment.
    private const int MostOddInARow = 10;

    // A start is known to its own process before every server of the service knows it.
    private static readonly TimeSpan MayBeUnknownFor = TimeSpan.FromSeconds(30);

    // A mistyped host, a closed port, a refused certificate: where this client has never had an answer, waiting longer does not help.
    private static readonly TimeSpan WithoutAnyAnswer = TimeSpan.FromMinutes(2);

    private int _odd;

    public int Count { get; private set; }

    public SixtyfourException? Last { get; private set; }

    public void Add(SixtyfourException failure)
    {
        Last = failure;
        Count++;
        _odd = IsOdd(failure) ? _odd + 1 : 0;
    }

    /// <summary>Whether the next poll may succeed.</summary>
    /// <param name="watched">How long the job has been waited for.</param>
    /// <param name="now">The time.</param>
    /// <param name="longest">How long polls may go without an answer, where the service has answered before; null where it never has.</param>
    public bool MayPass(TimeSpan watched, TimeSpan now, TimeSpan? longest) => Last switch
    {
        { } odd when IsOdd(odd) => _odd < MostOddInARow,
        SixtyfourApiException { StatusCode: HttpStatusCode.NotFound } => watched < MayBeUnknownFor,
        SixtyfourApiException api => (int)api.StatusCode is 408 or 429 or >= 500,
        ConnectionFailedException => now - since < (longest ?? WithoutAnyAnswer),
        OutcomeUnknownException or DeadlineExceededException => true,
        _ => false,
    };

    /// <summary>When to poll again: after the service's hint, else after 1, 2, 4 … 30 seconds.</summary>
    public static TimeSpan Pause(int failures, TimeSpan? hint, double random)
    {
        var backoff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures - 1, 10)), LongestPauseSeconds));
        var pause = hint > backoff ? hint.Value : backoff;
        return TimeSpan.FromTicks((long)(pause.Ticks * (1 + (Jitter * ((2 * random) - 1)))));
    }

    /// <summary>Whatever ends a wait, a vault that gives no key included, says which job is still there to be waited for.</summary>
    public static Exception WithJobId(Exception failure, string jobId) => failure is SixtyfourException or ObjectDisposedException { ObjectName: nameof(SixtyfourClient) }
        ? failure
        : new ConnectionFailedException($"Job {jobId} could not be polled ({failure.GetType().Name}). It goes on: wait again when the cause is fixed.", failure)
        {
            JobId = jobId,
        };

    // Said by something between here and the service: HTML, a cut answer, a redirect, a firewall's page, a proxy that wants a password, an early or misdirected request.
    private static bool IsOdd(SixtyfourException failure) => failure switch
    {
        InvalidResponseException => true,
        SixtyfourApiException { StatusCode: HttpStatusCode.Forbidden } refused => !IsJson(refused.ResponseBody),
        SixtyfourApiException api => (int)api.StatusCode is 407 or 421 or 425,
        _ => false,
    };

    private static bool IsJson(string? body) => body?.TrimStart() is { Length: > 0 } text && text[0] is '{' or '[' or '"';
}
