namespace Sixtyfour.Http;

/// <summary>How one attempt ended: with a body, or with a failure and what follows from it.</summary>
internal sealed class AttemptResult
{
    private AttemptResult(Call call) => Call = call;

    public Call Call { get; }

    /// <summary>The body of a success; the reader disposes it.</summary>
    public ResponseBody? Body { get; private init; }

    public ResponseInfo? Info { get; private init; }

    public SixtyfourException? Failure { get; private init; }

    public bool MayRetry { get; private init; }

    public TimeSpan? Hint { get; private init; }

    /// <summary>A transfer got further before it broke off: its retries are counted from zero again.</summary>
    public bool HasProgressed { get; private init; }

    public static AttemptResult Success(Call call, ResponseBody body, ResponseInfo? info) => new(call) { Body = body, Info = info };

    /// <summary>A success whose body was written to a file.</summary>
    public static AttemptResult Done(Call call) => new(call);

    /// <summary>An answer that is not of this API. It ends the call, and its type says by itself that the request may have run.</summary>
    public static AttemptResult Invalid(Call call, InvalidResponseException failure, ResponseInfo? info = null)
    {
        call.LastFailure = failure;
        return new(call) { Failure = failure, Info = info };
    }

    /// <summary>Stamps the verdict on the failure and on the call.</summary>
    public static AttemptResult Failed(
        Call call, SixtyfourException failure, Verdict verdict, TimeSpan? hint = null, ResponseInfo? info = null, bool hasProgressed = false)
    {
        failure.MayHaveRun = verdict.MayHaveRun;
        call.MayHaveRun |= verdict.MayHaveRun;
        call.LastFailure = failure;
        return new(call) { Failure = failure, MayRetry = verdict.SendAgain, Hint = hint, Info = info, HasProgressed = hasProgressed };
    }
}
