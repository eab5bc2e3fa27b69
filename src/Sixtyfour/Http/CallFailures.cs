namespace Sixtyfour.Http;

/// <summary>What the caller is told when a call fails, seen over all its attempts.</summary>
internal static class CallFailures
{
    public static Exception Tell(Call call, Exception failure) =>
        failure is OperationCanceledException && call.Token.IsCancellationRequested ? Cancelled(call, failure)
        : IsInDoubt(call) && HidesDoubt(call, failure) ? MayHaveRun(call, failure)
        : failure;

    // Whichever wait was left, the token is the caller's and the last failure is inside.
    private static OperationCanceledException Cancelled(Call call, Exception failure)
    {
        var inner = failure.InnerException ?? call.LastFailure;
        return call.Cancelled(IsInDoubt(call) && inner is not OutcomeUnknownException ? MayHaveRun(call, inner) : inner);
    }

    private static bool IsInDoubt(Call call) => call.MayHaveRun && (!call.Request.IsRepeatable || call.Request.IdempotencyKey is not null);

    // With a key the doubt has a cure, so the key has to come out whatever came last. Refused input is no exception: what was accepted a moment ago may be
    // refused now, by a gateway, or because the address of a webhook could not be looked up this time.
    private static bool HidesDoubt(Call call, Exception failure) => call.Request.IdempotencyKey is not null && call.Request.IsRepeatable
        ? failure is not OutcomeUnknownException
        : failure is not SixtyfourException sixtyfour || sixtyfour.IsSafeToRepeat;

    private static OutcomeUnknownException MayHaveRun(Call call, Exception? failure) =>
        new(
            call.Request.IdempotencyKey is not null && call.Request.IsRepeatable
                ? $"An attempt of the call to /{call.Request.Route} may have been accepted, and none came to an answer that tells. Sending it again with the same idempotency key cannot charge twice."
                : $"An attempt of the call to /{call.Request.Route} ended in 500, which may have run and been charged; the next one did not come to an answer. Look before you pay again.",
            call.Request.IdempotencyKey,
            (failure as SixtyfourApiException)?.StatusCode,
            failure)
        {
            JobId = call.Request.JobId,
            Attempts = call.Attempts,
        };
}
