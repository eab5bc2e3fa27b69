using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Http;

/// <summary>The one way out: every request of every feature passes here.</summary>
internal sealed partial class Transport : IDisposable
{
    private readonly SixtyfourClientOptions _options;
    private readonly Func<HttpClient> _clients;
    private readonly ApiKeySource _keys;
    private readonly ILogger _logger;
    private readonly Func<double> _random;
    private readonly RequestLimiter _requests;
    private readonly RequestLimiter _submissions;
    private readonly ResiliencePipeline<AttemptResult> _retry;
    private volatile bool _isDisposed;
    private IDisposable? _owned;
    private int _inFlight;

    public Transport(
        SixtyfourClientOptions options,
        Func<HttpClient> clients,
        Func<SixtyfourClientOptions> inForce,
        ILogger logger,
        Func<double> random,
        IDisposable? owned = null)
    {
        _options = options;
        _clients = clients;
        _keys = new ApiKeySource(inForce, options, logger);
        _logger = logger;
        _random = random;
        _owned = owned;
        _requests = new RequestLimiter(options.RateLimit.RequestsPerMinute, options.TimeProvider, random);
        _submissions = new RequestLimiter(options.RateLimit.BulkSubmissionsPerMinute, options.TimeProvider, random);
        _retry = RetryPipeline();
        BackgroundPermits = new(_requests, options.RateLimit.Limiter, options.TimeProvider, logger, options.PollFailureTimeout);
    }

    /// <summary>Permits that are taken before it is known what they are for.</summary>
    public BackgroundPermits BackgroundPermits { get; }

    private TimeProvider Clock => _options.TimeProvider;

    /// <param name="request">What to send.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="permit">A permit taken before, for the first attempt; it stays the caller's to dispose.</param>
    public async Task<ApiAnswer<T>> SendAsync<T>(ApiRequest<T> request, CancellationToken cancellationToken, SendPermit? permit = null)
    {
        RequestMessage.Check(request.Options);
        var call = new Call(request, CallLimits.For(request.Time, _options, request.Options), Clock, cancellationToken) { GivenPermit = permit };
        return await CallAsync(call, async call => Read(request, await RunAsync(call).ConfigureAwait(false))).ConfigureAwait(false);
    }

    /// <summary>Nothing more is sent. What was sent keeps its connection until its answer is here: it may be an id that is paid for.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (Volatile.Read(ref _inFlight) is 0)
        {
            Interlocked.Exchange(ref _owned, null)?.Dispose();
        }
    }

    private async Task<T> CallAsync<T>(Call call, Func<Call, Task<T>> run)
    {
        var record = CallRecord.Begin(call, _logger);
        Interlocked.Increment(ref _inFlight);
        try
        {
            var answer = await run(call).ConfigureAwait(false);
            record.Succeeded();
            return answer;
        }
        catch (Exception failure)
        {
            var reported = call.ForCaller(failure);
            record.Failed(reported);
            if (ReferenceEquals(reported, failure))
            {
                throw;
            }

            throw reported;
        }
        finally
        {
            if (Interlocked.Decrement(ref _inFlight) is 0 && _isDisposed)
            {
                Interlocked.Exchange(ref _owned, null)?.Dispose();
            }
        }
    }

    private ResiliencePipeline<AttemptResult> RetryPipeline() => new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = Clock }
        .AddRetry(new RetryStrategyOptions<AttemptResult>
        {
            // The number of retries depends on the call, see ShouldHandle.
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = _options.Retry.BaseDelay,
            MaxDelay = _options.Retry.MaxDelay,
            Randomizer = _random,
            ShouldHandle = args => new(args.Outcome.Result is { MayRetry: true, HasProgressed: false } result
                && args.AttemptNumber < result.Call.Limits.MaxRetries
                && (result.Failure is not { MayHaveRun: true } || result.Call.Request.ReserveRepeat?.Invoke() is not false)),
            DelayGenerator = args => new(args.Outcome.Result?.Hint is { } hint ? hint + TimeSpan.FromSeconds(_random()) : null),
            OnRetry = args =>
            {
                BeforeRetry(args.Outcome.Result!, args.RetryDelay);
                return default;
            },
        })
        .Build();

    private async ValueTask<AttemptResult> RunAsync(Call call)
    {
        if (call.Limits.MaxRetries is 0)
        {
            return await OnceAsync(call).ConfigureAwait(false);
        }

        var context = ResilienceContextPool.Shared.Get(call.Token);
        try
        {
            return await _retry.ExecuteAsync(static (_, state) => state.Transport.OnceAsync(state.Call), context, (Transport: this, Call: call))
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private void BeforeRetry(AttemptResult result, TimeSpan delay)
    {
        var call = result.Call;
        if (delay >= call.Left)
        {
            // A wait that would exceed the total limit is not begun.
            throw result.Failure!;
        }

        Telemetry.Retried(call.Request.Route, result.Failure!.GetType().Name);
        Log.Retrying(_logger, call.Request.Route, delay, call.Attempts, CallRecord.Describe(result.Failure!));
    }

    private ValueTask<AttemptResult> OnceAsync(Call call) => call.Request is DownloadRequest download ? FetchOnceAsync(call, download) : AttemptAsync(call);

    private async ValueTask<AttemptResult> AttemptAsync(Call call)
    {
        call.LastAnswer = null;
        call.Token.ThrowIfCancellationRequested();
        ThrowIfDisposed(call);
        using var permit = await TakePermitAsync(call).ConfigureAwait(false);
        return await AttemptAsync(call, permit).ConfigureAwait(false);
    }

    private async ValueTask<AttemptResult> AttemptAsync(Call call, SendPermit permit)
    {
        var key = await _keys.GetAsync(call).ConfigureAwait(false);
        ThrowIfDisposed(call);
        call.Attempts++;
        permit.Sending(isUpload: call.Limits.Idle is not null);
        using var attempt = new Attempt(call, permit, key, _options);
        // Not disposed: the factory owns the handlers below it, and a client made with "new" keeps its own.
        return await attempt.RunAsync(_clients()).ConfigureAwait(false);
    }

    private void ThrowIfDisposed(Call call)
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(SixtyfourClient), $"The client was disposed before the request to /{call.Request.Route} could be sent.");
        }
    }

    private async ValueTask<SendPermit> TakePermitAsync(Call call)
    {
        if (call.GivenPermit is { } given)
        {
            call.GivenPermit = null;
            return given;
        }

        // The narrower limit first: a submission that queues there must not hold a slot of the wider one.
        SendPermit? submission = null;
        SendPermit? permit = null;
        try
        {
            submission = call.Request.IsBulkSubmission ? await TakePermitAsync(call, _submissions).ConfigureAwait(false) : null;
            permit = await TakePermitAsync(call, _requests).ConfigureAwait(false);
            permit.Include(await AskLimiterAsync(call).ConfigureAwait(false));
            permit.Include(submission);
            return permit;
        }
        catch
        {
            permit?.Dispose();
            submission?.Dispose();
            throw;
        }
    }

    private async ValueTask<SendPermit> TakePermitAsync(Call call, RequestLimiter limiter)
    {
        var begun = Clock.GetTimestamp();
        var longest = call.Request.IsPatient ? Timeout.InfiniteTimeSpan : _options.RateLimit.MaxWait;
        var isOwnLimit = longest != Timeout.InfiniteTimeSpan && longest < call.Left;
        var kind = call.Request.Time is TimeoutKind.Agent ? PermitKind.AgentCall : PermitKind.Call;
        var permit = await limiter.AcquireAsync(kind, isOwnLimit ? longest : call.Left, call.Token).ConfigureAwait(false);
        Telemetry.Queued(Clock.GetElapsedTime(begun), call.Request.Route);
        return permit ?? throw (isOwnLimit
            ? NotSent(call, $"no permit of the request limit within {longest} ({nameof(RateLimitOptions)}.{nameof(RateLimitOptions.MaxWait)})")
            : call.LastFailure ?? (SixtyfourException)call.DeadlineExceeded("a permit of the request limit"));
    }

    private async ValueTask<LimiterLease?> AskLimiterAsync(Call call)
    {
        if (_options.RateLimit.Limiter is not { } limiter)
        {
            return null;
        }

        var lease = await call.WithinLimitAsync(token => LimiterLease.AskAsync(limiter, _logger, token), "a permit of the application's limiter")
            .ConfigureAwait(false);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw NotSent(call, $"the application's limiter ({nameof(RateLimitOptions)}.{nameof(RateLimitOptions.Limiter)}) granted no permit", lease.RetryAfter);
    }

    private static RateLimitedException NotSent(Call call, string why, TimeSpan? retryAfter = null) =>
        new($"The request to /{call.Request.Route} was not sent: {why}.", retryAfter) { JobId = call.Request.JobId, Attempts = call.Attempts };

    private ApiAnswer<T> Read<T>(ApiRequest<T> request, AttemptResult result)
    {
        if (result.Info is { } info)
        {
            Answered(result.Call, info);
        }

        if (result.Body is not { } body)
        {
            throw result.Failure!;
        }

        using (body)
        {
            var value = InvalidResponses.Read(result.Call, body.Bytes, request.Answer);
            return new(value, InvalidResponses.JobId(result.Call, body.Bytes), result.Info, result.Call.Attempts, result.Call.MayHaveRun);
        }
    }

    // An answer that is paid for must not be lost to a callback that throws.
    private void Answered(Call call, ResponseInfo info)
    {
        try
        {
            call.OnResponse?.Invoke(info);
        }
        catch (Exception e)
        {
            Log.CallbackFailed(_logger, e);
        }
    }
}
