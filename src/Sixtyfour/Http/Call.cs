using System.Globalization;
using System.Net;
using System.Text;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Http;

/// <summary>The state of one call over all its attempts.</summary>
internal sealed class Call(ApiRequest request, CallLimits limits, TimeProvider clock, CancellationToken token)
{
    private readonly long _begun = clock.GetTimestamp();

    public ApiRequest Request { get; } = request;

    public CallLimits Limits { get; } = limits;

    /// <summary>The caller's headers as they were when the call began.</summary>
    public KeyValuePair<string, string>[] Headers { get; } = request.Options is { Headers.Count: > 0 } options ? [.. options.Headers] : [];

    public Action<ResponseInfo>? OnResponse { get; } = request.Options?.OnResponse;

    /// <summary>The caller's.</summary>
    public CancellationToken Token { get; } = token;

    public int Attempts { get; set; }

    /// <summary>A permit that was taken before the call began, until its first attempt takes it.</summary>
    public SendPermit? GivenPermit { get; set; }

    /// <summary>The key of the last attempt, to be masked wherever the service repeats it.</summary>
    public string Key { get; set; } = "";

    /// <summary>Where that key came from, in words.</summary>
    public string? KeyOrigin { get; set; }

    /// <summary>The answer to the last attempt, when one began.</summary>
    public AnswerHead? LastAnswer { get; set; }

    /// <summary>An attempt may have been accepted, so no later failure may claim that nothing ran. Meaningless for calls that only read.</summary>
    public bool MayHaveRun { get; set; }

    public SixtyfourException? LastFailure { get; set; }

    /// <summary>What is left of the total limit; never less than zero.</summary>
    public TimeSpan Left => Limits.Total - Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public TimeSpan Elapsed => clock.GetElapsedTime(_begun);

    /// <summary>Bounds a wait for code of the application by what is left of the call.</summary>
    public async ValueTask<T> WithinLimitAsync<T>(Func<CancellationToken, ValueTask<T>> wait, string waitingFor)
    {
        using var limit = clock.CreateCancellationTokenSource(Left);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Token);
        try
        {
            // The application's code may ignore the token it is given.
            return await wait(either.Token).AsTask().WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !Token.IsCancellationRequested)
        {
            throw LastFailure ?? (SixtyfourException)DeadlineExceeded(waitingFor);
        }
        catch (OperationCanceledException e) when (!Token.IsCancellationRequested)
        {
            // Such as a timeout of the application's own vault; it must not look like a cancellation by the caller.
            throw new InvalidOperationException($"The code that provides {waitingFor} canceled the wait by itself.", e);
        }
    }

    public DeadlineExceededException DeadlineExceeded(string waitingFor) =>
        new(
            $"The call to /{Request.Route} waited for {waitingFor} until its total limit of {Limits.Total:g} had passed; nothing that costs was accepted.",
            Limits.Total)
        {
            JobId = Request.JobId,
            Attempts = Attempts,
        };

    public OperationCanceledException Canceled(Exception? lastFailure) =>
        new($"The call to /{Request.Route} was canceled.", lastFailure, Token);

    /// <summary>The exception that the caller gets when the call fails, with regard to all its attempts.</summary>
    public Exception ForCaller(Exception failure)
    {
        var reported = failure is OperationCanceledException && Token.IsCancellationRequested ? CanceledForCaller(failure)
            : OutcomeTable.HidesDoubt(this, failure) ? OutcomeUnknown(failure)
            : failure;
        if (LastAnswer is { } answer && reported is SixtyfourException { SupportDetails: null } error)
        {
            error.SupportDetails = answer.Describe(this, error);
        }

        return reported;
    }

    // Whichever wait was canceled, the token is the caller's and the last failure is inside.
    private OperationCanceledException CanceledForCaller(Exception failure)
    {
        var inner = failure.InnerException ?? LastFailure;
        return Canceled(OutcomeTable.IsInDoubt(this) && inner is not OutcomeUnknownException ? OutcomeUnknown(inner) : inner);
    }

    private OutcomeUnknownException OutcomeUnknown(Exception? last)
    {
        var (happened, advice) = OutcomeTable.IsCuredByKey(Request)
            ? ("been accepted, and no answer shows whether it was", "Sending it again with the same idempotency key cannot charge twice.")
            : ("run and been charged, and later answers do not show whether it did", "Check your account before you pay again.");
        var lastFailure = last is SixtyfourException ? $" The last failure: {last.Message}" : "";
        return new(
            $"An attempt of the call to /{Request.Route} may have {happened}. {advice}{lastFailure}",
            Request.IdempotencyKey,
            (last as SixtyfourApiException)?.StatusCode,
            last)
        {
            JobId = Request.JobId ?? (last as SixtyfourException)?.JobId,
            Attempts = Attempts,
        };
    }
}

/// <summary>What the vendor's support needs to find an exchange.</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Address">Of the request.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="RequestId">The service's id of the exchange.</param>
/// <param name="At">When the answer began.</param>
internal sealed record AnswerHead(HttpMethod Method, Uri Address, HttpStatusCode Status, string? RequestId, DateTimeOffset At)
{
    public static AnswerHead Of(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset at) => new(
        request.Method,
        request.RequestUri!,
        response.StatusCode,
        response.Headers.TryGetValues("x-request-id", out var ids) ? string.Join(", ", ids) : null,
        at);

    /// <summary>One text to paste. Without the query of the address, which may be a secret, and without the key.</summary>
    public string Describe(Call call, SixtyfourException error)
    {
        var text = new StringBuilder();
        Add(text, "Request", $"{Method} {PersonalData.Mask(SafeAddress.Of(Address))}");
        Add(text, "Time", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Add(text, "Status", ((int)Status).ToString(CultureInfo.InvariantCulture));
        Add(text, "Request id", RequestId is null ? null : BodyText.MaskKey(RequestId, call.Key));
        Add(text, "Job id", error.JobId);
        Add(text, "Attempts", call.Attempts.ToString(CultureInfo.InvariantCulture));
        Add(text, "User-Agent", RequestMessage.UserAgent);
        Add(text, "Content-Type", call.Request.Body?.ContentType);
        Add(text, "Idempotency-Key", call.Request.IdempotencyKey);
        Add(text, "Error", error.Message);
        return text.ToString().TrimEnd();
    }

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }
    }
}
