using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http.Budget;

namespace Sixtyfour.Http;

/// <summary>The one way out: every request of every feature passes here.</summary>
internal sealed partial class Transport : IDisposable
{
    private readonly SixtyfourClientOptions _options;
    private readonly Func<HttpClient> _clients;
    private readonly ApiKeySource _keys;
    private readonly ILogger _logger;
    private readonly Func<double> _random;
    private readonly RequestBudget _budget;
    private readonly RequestBudget _submissions;
    private readonly ResiliencePipeline<AttemptResult> _retry;
    private volatile bool _isDisposed;
    private IDisposable? _owned;
    private int _inFlight;

    public Transport(
        SixtyfourClientOptions options, Func<HttpClient> clients, Func<SixtyfourClientOptions> inForce, ILogger logger, Func<double> random, IDisposable? owned = null)
    {
        _options = options;
        _clients = clients;
        _keys = new ApiKeySource(inForce, options, logger);
        _logger = logger;
        _random = random;
        _owned = owned;
        _budget = new RequestBudget(options.RateLimit.RequestsPerMinute, options.TimeProvider, random);
        _submissions = new RequestBudget(options.RateLimit.BulkSubmissionsPerMinute, options.TimeProvider, random);
        _retry = RetryPipeline();
        Turns = new(_budget, options.RateLimit, options.TimeProvider);
    }

    /// <summary>Turns to give to calls.</summary>
    public BackgroundTurns Turns { get; }

    private TimeProvider Clock => _options.TimeProvider;

    /// <param name="request">What to send.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="turn">A turn taken before, for the first attempt; it stays the caller's to dispose.</param>
    public async Task<ApiAnswer<T>> SendAsync<T>(ApiRequest<T> request, CancellationToken cancellationToken, Turn? turn = null)
    {
        RequestMessage.Check(request.Options);
        var call = new Call(request, CallLimits.For(request.Time, _options, request.Options), Clock, cancellationToken) { GivenTurn = turn };
        return await CallAsync(call, async call => Read(request, await RunAsync(call).ConfigureAwait(false))).ConfigureAwait(false);
    }

    /// <summary>Nothing is sent any more. What has left keeps its connection until its answer is here: it may be an id that is paid for.</summary>
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
            var told = call.Told(failure);
            record.Failed(told);
            if (ReferenceEquals(told, failure))
            {
                throw;
            }

            throw told;
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
            // How often is the call's own choice, see ShouldHandle.
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
            return await _retry.ExecuteAsync(static (_, state) => state.Transport.OnceAsync(state.Call), context, (Transport: this, Call: call)).ConfigureAwait(false);
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
            // A wait that would pass the total limit is not begun.
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
        using var turn = await TakeTurnAsync(call).ConfigureAwait(false);
        return await AttemptAsync(call, turn).ConfigureAwait(false);
    }

    private async ValueTask<AttemptResult> AttemptAsync(Call call, Turn turn)
    {
        var key = await _keys.GetAsync(call).ConfigureAwait(false);
        ThrowIfDisposed(call);
        call.Attempts++;
        turn.Sending(isUpload: call.Limits.Silence is not null);
        using var attempt = new Attempt(call, turn, key, _options);
        // Not disposed: the factory owns the handlers below it, and a client made with "new" keeps its one.
        return await attempt.RunAsync(_clients()).ConfigureAwait(false);
    }

    private void ThrowIfDisposed(Call call)
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(SixtyfourClient), $"The client was disposed before the request to /{call.Request.Route} could be sent.");
        }
    }

    private async ValueTask<Turn> TakeTurnAsync(Call call)
    {
        if (call.GivenTurn is { } given)
        {
            call.GivenTurn = null;
            return given;
        }

        // The narrower limit first: whoever queues there must not hold a turn of the wider one.
        var submission = call.Request.IsBulkSubmission ? await TakeSlotAsync(call, _submissions).ConfigureAwait(false) : (RequestBudget.Slot?)null;
        RequestBudget.Slot? slot = null;
        try
        {
            slot = await TakeSlotAsync(call, _budget).ConfigureAwait(false);
            return new(slot.Value, submission, await Permit.AcquireAsync(_options.RateLimit.Limiter, call).ConfigureAwait(false));
        }
        catch
        {
            slot?.Dispose();
            submission?.Dispose();
            throw;
        }
    }

    private async ValueTask<RequestBudget.Slot> TakeSlotAsync(Call call, RequestBudget budget)
    {
        var begun = Clock.GetTimestamp();
        var longest = call.Request.IsPatient ? Timeout.InfiniteTimeSpan : _options.RateLimit.MaxWait;
        var isOwnLimit = longest != Timeout.InfiniteTimeSpan && longest < call.Left;
        var slot = await budget.EnterAsync(call.Request.Time is TimeoutKind.Agent ? TurnKind.AgentCall : TurnKind.Call, isOwnLimit ? longest : Positive(call.Left), call.Token).ConfigureAwait(false);
        Telemetry.Queued(Clock.GetElapsedTime(begun), call.Request.Route);
        return slot ?? throw (isOwnLimit
            ? Permit.Refused(call, $"no turn within {longest} ({nameof(RateLimitOptions)}.{nameof(RateLimitOptions.MaxWait)})")
            : call.LastFailure ?? (SixtyfourException)call.DeadlineExceeded("its turn within the request limit"));
    }

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

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
