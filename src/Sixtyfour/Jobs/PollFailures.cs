using System.Net;

namespace Sixtyfour.Jobs;

/// <summary>The consecutive failed polls of one job, and what they mean for its waiters.</summary>
internal sealed class PollFailures(TimeSpan since)
{
    private const double LongestPauseSeconds = 30;
    private const double Jitter = 0.1;

    // About two and a half minutes: a proxy that is being replaced, a firewall that is overloaded.
    private const int MaxFromIntermediaryInARow = 10;

    // A start may be answered before every server of the service knows the job.
    private static readonly TimeSpan MayBeUnknownFor = TimeSpan.FromSeconds(30);

    // A mistyped host, a closed port, a refused certificate: if this client has never had an answer, waiting longer does not help.
    private static readonly TimeSpan WithoutAnyAnswer = TimeSpan.FromMinutes(2);

    private int _fromIntermediary;

    public int Count { get; private set; }

    public SixtyfourException? Last { get; private set; }

    public void Add(SixtyfourException failure)
    {
        Last = failure;
        Count++;
        _fromIntermediary = IsFromIntermediary(failure) ? _fromIntermediary + 1 : 0;
    }

    /// <summary>Whether the next poll may succeed.</summary>
    /// <param name="watched">How long the job has been waited for.</param>
    /// <param name="now">The time.</param>
    /// <param name="longest">How long polls may go without an answer, where the service has answered before; null where it never has.</param>
    public bool IsTransient(TimeSpan watched, TimeSpan now, TimeSpan? longest) => Last switch
    {
        { } other when IsFromIntermediary(other) => _fromIntermediary < MaxFromIntermediaryInARow,
        SixtyfourApiException { StatusCode: HttpStatusCode.NotFound } => watched < MayBeUnknownFor,
        SixtyfourApiException api => (int)api.StatusCode is 408 or 429 or >= 500,
        ConnectionFailedException => now - since < (longest ?? WithoutAnyAnswer),
        OutcomeUnknownException or DeadlineExceededException => true,
        _ => false,
    };

    /// <summary>How long to wait before the next poll: 1, 2, 4 … 30 seconds, or the service's hint where that is longer.</summary>
    public static TimeSpan Pause(int failures, TimeSpan? hint, double random)
    {
        var backoff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures - 1, 10)), LongestPauseSeconds));
        var pause = hint > backoff ? hint.Value : backoff;
        return TimeSpan.FromTicks((long)(pause.Ticks * (1 + (Jitter * ((2 * random) - 1)))));
    }

    /// <summary>Any failure that ends a wait, even a missing key, names the job that you can still wait for.</summary>
    public static Exception WithJobId(Exception failure, string jobId) =>
        failure is SixtyfourException or ObjectDisposedException { ObjectName: nameof(SixtyfourClient) } ? failure
        : new ConnectionFailedException($"Job {jobId} could not be polled ({failure.GetType().Name}). It goes on: wait again when the cause is fixed.", failure)
        {
            JobId = jobId,
        };

    // Sent by something between the client and the service: HTML, an answer without a status, a body that breaks off, a redirect, the page of a firewall,
    // a proxy that wants a password.
    private static bool IsFromIntermediary(SixtyfourException failure) => failure switch
    {
        InvalidResponseException or OutcomeUnknownException { StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous } => true,
        SixtyfourApiException { StatusCode: HttpStatusCode.Forbidden } refused => !IsJson(refused.ResponseBody),
        SixtyfourApiException api => (int)api.StatusCode is 407 or 421 or 425,
        _ => false,
    };

    private static bool IsJson(string? body) => body?.TrimStart() is { Length: > 0 } text && text[0] is '{' or '[' or '"';
}
