using System.Net;
using System.Runtime.ExceptionServices;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Json;

namespace Sixtyfour.Http;

/// <summary>One attempt: a new message with key and body, sent, its answer read whole, and a verdict on how that ended.</summary>
internal sealed class Attempt : IDisposable
{
    private const string CheckAccount = "The work may have run and been charged, so it was not sent again: check your account before you pay again.";

    private readonly Call _call;
    private readonly bool _retriesServerErrors;
    private readonly TimeProvider _clock;
    private readonly string _key;
    private readonly HttpRequestMessage _message;
    private readonly SentContent? _content;
    private readonly TimeSpan _limit;
    private readonly bool _isLastOfCall;
    private readonly CancellationTokenSource _time;
    private readonly IdleLimit? _idle;
    private readonly SendPermit _permit;
    private WatchedSend? _watched;
    private bool _isCanceled;

    public Attempt(Call call, SendPermit permit, string key, SixtyfourClientOptions options)
    {
        _call = call;
        _permit = permit;
        _key = call.Key = key;
        _retriesServerErrors = options.Retry.RetryPaidCallsOnServerError;
        var clock = _clock = options.TimeProvider;
        // Arithmetic on the clock: what is left of the call bounds the attempt.
        var left = call.Left;
        _isLastOfCall = left <= call.Limits.Attempt;
        _limit = _isLastOfCall ? left : call.Limits.Attempt;
        _time = clock.CreateCancellationTokenSource(_limit);
        _idle = call.Limits.Idle is { } idle ? new IdleLimit(idle, call.Limits.Answer, _time, clock) : null;
        _content = call.Request.Body is { } body ? Content(body, permit, call.Request.IsRepeatable || !options.RefuseResends) : null;
        _message = RequestMessage.Create(call, options.Endpoint, key, _content);
    }

    private bool IsRepeatable => _call.Request.IsRepeatable;

    // Checks and withdraws in one step: a handler that gave up early may have left a send behind that would begin between the check and the verdict.
    private bool HasBegun => _content is not null && (!_content.TryWithdraw() || _content.HasBegun);

    public async ValueTask<AttemptResult> RunAsync(HttpClient client)
    {
        using var cancellation = _call.Token.Register(Cancel);
        // Also for what may be repeated: a handler may use the client while it handles a paid request.
        var watched = _watched = ResendGuard.Watch(_content, _message.RequestUri!);

        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(_message, HttpCompletionOption.ResponseHeadersRead, _time.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            failure = NetworkFailure.WithoutCredentials(failure);
            // No exception type shows what was accepted (a connect timeout looks like an attempt timeout), so none is tested; each stays the inner one.
            return NoAnswer(failure);
        }

        using (response)
        {
            _permit.Answered(response);
            _call.LastAnswer = AnswerHead.Of(_message, response, _clock.GetUtcNow());
            if (watched.FollowedTo is { } elsewhere)
            {
                return await ReadFromElsewhereAsync(response, elsewhere).ConfigureAwait(false);
            }

            return (int)response.StatusCode is >= 200 and < 300
                ? await ReadSuccessAsync(response).ConfigureAwait(false)
                : await ReadFailureAsync(response).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _watched?.End();
        // An answer may come before the end of an upload. What has not been sent by then must not arrive during the next attempt.
        _content?.TryWithdraw();
        _idle?.Dispose();
        _time.Dispose();
        _message.Dispose();
    }

    private SentContent Content(RequestBody body, SendPermit permit, bool mayBeRepeated)
    {
        if (_idle is not { } idle)
        {
            return new SentContent(body, mayBeRepeated, _time.Token);
        }

        return new SentContent(body, mayBeRepeated, _time.Token)
        {
            OnMoved = idle.Moved,
            OnSent = () =>
            {
                idle.Sent();
                permit.Sent();
            },
        };
    }

    // The answer to a start holds an id that is paid for: once its body is being sent, cancellation has to wait for it.
    private void Cancel()
    {
        if (!_call.Request.StartsJob || (_content?.TryWithdraw() ?? true))
        {
            Volatile.Write(ref _isCanceled, true);
            _time.Cancel();
        }
    }

    private async ValueTask<AttemptResult> ReadSuccessAsync(HttpResponseMessage response)
    {
        var body = await ResponseBody.ReadAsync(response.Content, ResponseBody.MostBytes, _time.Token).ConfigureAwait(false);
        if (body.Failure is { } failure)
        {
            using (body)
            {
                ThrowIfCanceled(failure, hasBegun: true);
                // A job that is known to run is not started again, which might fail and leave its outcome unknown.
                var jobId = JobIdIn(body);
                var verdict = OutcomeTable.ForBrokenBody(IsRepeatable && jobId is null);
                return AttemptResult.Failed(_call, OutcomeUnknown(response.StatusCode, "its answer was cut off", failure, jobId), verdict);
            }
        }

        if (body.IsCut)
        {
            var error = InvalidResponses.TooLarge(_call, body.Bytes);
            body.Dispose();
            return AttemptResult.Invalid(_call, error);
        }

        // A handler of the application may have sent it twice: then this answer is not the first one.
        _call.MayHaveRun |= _call.Request.IdempotencyKey is not null && _content is { WasSentAgain: true };
        // Copying the headers costs time, so it is done only where they are wanted.
        var wantsInfo = _call.Request.WantsInfo || _call.OnResponse is not null;
        return AttemptResult.Success(_call, body, wantsInfo ? ResponseInfos.Create(response, _call.Attempts, _key) : null);
    }

    private async ValueTask<AttemptResult> ReadFailureAsync(HttpResponseMessage response)
    {
        var hint = RetryHint.Read(response, _clock.GetUtcNow());
        var info = ResponseInfos.Create(response, _call.Attempts, _key);
        using var body = await ResponseBody.ReadAsync(response.Content, BodyText.MostBytes, _time.Token).ConfigureAwait(false);
        if ((int)response.StatusCode is < 400)
        {
            return AttemptResult.Invalid(_call, InvalidResponses.Redirect(_call, response, body.Bytes), info);
        }

        var verdict = OutcomeTable.ForStatus(response.StatusCode, hint is not null, IsRepeatable, _retriesServerErrors);
        SixtyfourException error = ApiErrors.Create(_call, info, body.Bytes, hint);
        if (verdict.IsUnknown)
        {
            error = OutcomeUnknown(response.StatusCode, $"{(int)response.StatusCode} came instead of an answer", error);
        }

        return AttemptResult.Failed(_call, error, verdict, hint, info);
    }

    private async ValueTask<AttemptResult> ReadFromElsewhereAsync(HttpResponseMessage response, Uri elsewhere)
    {
        using var body = await ResponseBody.ReadAsync(response.Content, BodyText.MostBytes, _time.Token).ConfigureAwait(false);
        return AttemptResult.Invalid(_call, InvalidResponses.FromElsewhere(_call, elsewhere, body.Bytes), ResponseInfos.Create(response, _call.Attempts, _key));
    }

    private AttemptResult NoAnswer(Exception failure)
    {
        var hasBegun = HasBegun;
        ThrowIfCanceled(failure, hasBegun);
        if (_content?.SourceFailure is { } unreadable)
        {
            // The cause is the source, not the network: a file that cannot be read now cannot be read a second later either.
            ExceptionDispatchInfo.Capture(unreadable).Throw();
        }

        var verdict = OutcomeTable.ForNoAnswer(failure, hasBegun, IsRepeatable);
        if (verdict.SendAgain && _isLastOfCall && _time.IsCancellationRequested && _call.Request.IdempotencyKey is null)
        {
            return AttemptResult.Failed(_call, _call.DeadlineExceeded("an answer"), verdict with { SendAgain = false });
        }

        var isUnknown = verdict.IsUnknown || (verdict.MayHaveRun && _call.Request.IdempotencyKey is not null);
        return AttemptResult.Failed(_call, isUnknown ? OutcomeUnknown(null, Reason(failure), failure) : ConnectionFailed(failure), verdict);
    }

    private void ThrowIfCanceled(Exception failure, bool hasBegun)
    {
        if (Volatile.Read(ref _isCanceled))
        {
            throw _call.Canceled(hasBegun && !IsRepeatable ? OutcomeUnknown(null, "it was canceled before an answer came", failure) : null);
        }
    }

    private string Reason(Exception failure) => failure switch
    {
        ResendRefusedException refused => refused.Reason,
        _ when _idle?.Passed is { } passed => passed,
        _ when _time.IsCancellationRequested => $"no answer within {_limit:g}",
        _ => BodyText.MaskKey(NetworkFailure.Reason(failure), _key),
    };

    private ConnectionFailedException ConnectionFailed(Exception failure) =>
        new($"No answer from {_message.RequestUri!.GetLeftPart(UriPartial.Authority)}, and nothing was accepted: {Reason(failure)}", failure)
        {
            JobId = _call.Request.JobId,
            Attempts = _call.Attempts,
        };

    private string? JobIdIn(ResponseBody body) => _call.Request.StartsJob ? StartedJobId.Find(body.Bytes) : null;

    private OutcomeUnknownException OutcomeUnknown(HttpStatusCode? status, string reason, Exception failure, string? jobId = null) =>
        new($"{Sent()}: {reason}. {Advice(jobId)}", _call.Request.IdempotencyKey, status, failure)
        {
            JobId = _call.Request.JobId ?? jobId,
            Attempts = _call.Attempts,
        };

    private string Sent() => $"The request to /{_call.Request.Route} was sent and got no usable answer";

    private string Advice(string? jobId) => this switch
    {
        _ when jobId is not null => "The job runs: its id had arrived, so wait for it.",
        _ when _call.Request.IdempotencyKey is not null => "Sending it again with the same idempotency key cannot charge twice.",
        _ when IsRepeatable => "It only reads, so sending it again costs nothing.",
        _ when _call.Request.Time is TimeoutKind.Agent => $"{CheckAccount} A job started with StartAsync does not lose its result this way.",
        _ => CheckAccount,
    };
}
