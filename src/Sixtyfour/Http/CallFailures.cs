namespace Sixtyfour.Http;

/// <summary>What the caller is told when a call fails, seen over all its attempts.</summary>
internal static class CallFailures
{
    public static Exception Tell(Call call, Exception failure) =>
        failure is OperationCanceledException && call.Token.IsCancellationRequested ? Cancelled(call, failure)
        : call.MayHaveRun && ClaimsThatNothingRan(failure) ? MayHaveRun(call, failure)
        : failure;

    // Whichever wait was left, the token is the caller's and the last failure is inside.
    private static OperationCanceledException Cancelled(Call call, Exception failure)
    {
        var inner = failure.InnerException ?? call.LastFailure;
        return call.Cancelled(call.MayHaveRun && inner is not OutcomeUnknownException ? MayHaveRun(call, inner) : inner);
    }

    private static bool ClaimsThatNothingRan(Exception failure) => failure is not SixtyfourException sixtyfour || sixtyfour.IsSafeToRepeat;

    private static OutcomeUnknownException MayHaveRun(Call call, Exception? failure) =>
        new(
            $"An attempt of the call to /{call.Request.Route} ended in 500, which may have run and been charged; the next one did not come to an answer. Look before you pay again.",
            call.Request.IdempotencyKey,
            inner: failure)
        {
            JobId = call.Request.JobId,
            Attempts = call.Attempts,
        };
}
