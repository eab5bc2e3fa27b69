using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Leads;

/// <summary>Many-runs under a service, an application and a clock that mean no good.</summary>
public sealed class ManyTroubleTests : IDisposable
{
    private readonly ManyRuns _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_start_whose_answer_breaks_off_behind_the_id_is_handed_over_and_waited_for()
    {
        _runs.Service.StartAnswer = (name, id) => name is "person 1" ? BreaksOff($$"""{"task_id": "{{id}}", "sta""") : Answer(id);

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(3));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(3).And.OnlyContain(outcome => outcome.Succeeded);
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut);
    }

    [Fact]
    public async Task Leaving_while_an_answer_breaks_off_behind_the_id_loses_no_id()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _runs.Service.StartAnswer = (_, id) => BreaksOff($$"""{"task_id": "{{id}}", "sta""");
        _runs.Service.BeforeAnswer = _ => caller.CancelAsync();

        var (_, thrown) = await _runs.RunAsync(ManyRuns.Names(3), token: caller.Token);

        thrown.Should().BeAssignableTo<OperationCanceledException>();
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut).And.NotBeEmpty();
        await _runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_start_in_doubt_is_yielded_as_such_although_the_run_was_stopped_before_its_next_attempt()
    {
        var inDoubt = new TaskCompletionSource();
        _runs.Service.Refuses = name =>
        {
            if (name is "person 0")
            {
                inDoubt.TrySetResult();
                return (HttpStatusCode.InternalServerError, "");
            }

            return (HttpStatusCode.PaymentRequired, "{}");
        };

        var (outcomes, thrown) = await _runs.RunAsync(
            ManyRuns.Names(2), options => options.OnStarting = (name, _) => name is "person 1" ? inDoubt.Task : Task.CompletedTask);

        thrown.Should().BeOfType<InsufficientCreditsException>();
        outcomes.Should().ContainSingle().Which.Error.Should().BeOfType<OutcomeUnknownException>();
        outcomes[0].Input.Should().Be("person 0");
    }

    [Fact]
    public async Task A_start_in_doubt_that_nobody_can_be_told_of_is_logged()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _runs.Service.Refuses = _ => (HttpStatusCode.InternalServerError, "");
        using var timer = _runs.Clock.CreateTimer(_ => caller.Cancel(), null, TimeSpan.FromMilliseconds(200), Timeout.InfiniteTimeSpan);

        await _runs.RunAsync(ManyRuns.Names(1), token: caller.Token);

        _runs.Log.Of(25).Should().ContainSingle();
    }

    [Fact]
    public async Task Charges_beyond_all_reason_end_no_run()
    {
        _runs.Service.Charge = _ => decimal.MaxValue;

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(3), options => options.Progress = new Direct<ManyProgress>(_ => { }));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(3).And.OnlyContain(outcome => outcome.Result!.ChargeCents == null);
    }

    [Fact]
    public async Task Callbacks_on_a_token_that_throw_neither_lose_ids_nor_keep_the_run_from_ending()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _runs.Service.Latency = TimeSpan.FromSeconds(1);
        using var timer = _runs.Clock.CreateTimer(_ => caller.Cancel(), null, TimeSpan.FromSeconds(4.5), Timeout.InfiniteTimeSpan);

        var (_, thrown) = await _runs.RunAsync(ManyRuns.Names(50), ThrowingCallbacks, caller.Token);

        thrown.Should().BeAssignableTo<OperationCanceledException>();
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut).And.NotBeEmpty();
        _runs.Log.Of(6).Should().NotBeEmpty();
        await _runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Nor_do_they_when_the_service_stops_the_run()
    {
        _runs.Service.Refuses = _ => _runs.Service.Starts.Count >= 10 ? (HttpStatusCode.PaymentRequired, "{}") : null;

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(50), ThrowingCallbacks);

        thrown.Should().BeOfType<InsufficientCreditsException>();
        outcomes.Should().HaveCount(10);
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", "253402300799", "0")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", "1", "499")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", "253402300799.9999999", "500")]
    [InlineData(null, "253402300799", "450")]
    [InlineData(null, "-1", "NaN")]
    [InlineData("nonsense", "1e300", "-3")]
    [InlineData("nonsense", "Infinity", "79228162514264337593543950335")]
    public async Task Headers_beyond_all_reason_cost_nobody_an_answer(string? date, string reset, string remaining)
    {
        var answers = 0;
        _runs.Service.Touch = response =>
        {
            // Every other one, so that the window seems to turn.
            response.Headers.TryAddWithoutValidation("X-RateLimit-Limit", "500");
            response.Headers.TryAddWithoutValidation("X-RateLimit-Remaining", remaining);
            response.Headers.TryAddWithoutValidation("X-RateLimit-Reset", ++answers % 2 is 0 ? reset : "253402300799");
            response.Headers.TryAddWithoutValidation("Date", date);
        };

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(30));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(30).And.OnlyContain(outcome => outcome.Succeeded);
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(7)]
    [InlineData(61)]
    [InlineData(125)]
    public async Task Disposing_the_client_at_any_moment_hands_over_every_id_and_leaves_nothing_behind(double seconds)
    {
        _runs.Service.Latency = TimeSpan.FromSeconds(1);
        using var timer = _runs.Clock.CreateTimer(_ => _runs.Client.Dispose(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

        var (_, thrown) = await _runs.RunAsync(ManyRuns.Names(1_200));

        thrown.Should().BeOfType<ObjectDisposedException>().Which.Message.Should().NotContain("(not started)");
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut);
        await _runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task In_the_order_of_the_inputs_a_job_that_never_ends_holds_the_run_back()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _runs.Service.RunTime = name => name is "person 0" ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1);
        using var timer = _runs.Clock.CreateTimer(_ => caller.Cancel(), null, TimeSpan.FromMinutes(20), Timeout.InfiniteTimeSpan);

        var (outcomes, _) = await _runs.RunAsync(
            ManyRuns.Names(500), options => (options.KeepInputOrder, options.MaxInFlight) = (true, 40), caller.Token);

        outcomes.Should().BeEmpty();
        _runs.Service.Starts.Should().HaveCount(40);
        await _runs.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Minutes_of_refusals_without_a_hint_lose_nothing()
    {
        var begun = _runs.Clock.GetUtcNow();
        var refused = 0;
        _runs.Service.Refuses = _ => _runs.Clock.GetUtcNow() - begun < TimeSpan.FromMinutes(5) ? Refuse() : null;
        _runs.Service.LookFails = _ => _runs.Clock.GetUtcNow() - begun is var age && age > TimeSpan.FromMinutes(7) && age < TimeSpan.FromMinutes(12)
            ? HttpStatusCode.TooManyRequests
            : null;

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(300));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(300).And.OnlyContain(outcome => outcome.Succeeded);
        refused.Should().BeLessThan(300, "who is refused pauses");

        (HttpStatusCode, string) Refuse()
        {
            Interlocked.Increment(ref refused);
            return (HttpStatusCode.TooManyRequests, "");
        }
    }

    [Fact]
    public async Task Starts_that_hang_keep_no_result_from_being_seen()
    {
        var reports = new List<ManyProgress>();
        _runs.Service.RunTime = _ => TimeSpan.FromMinutes(1);
        _runs.Service.BeforeAnswer = name => int.Parse(name.AsSpan(7), CultureInfo.InvariantCulture) < 100
            ? Task.CompletedTask
            : Task.Delay(TimeSpan.FromSeconds(95), _runs.Clock);

        var (outcomes, _) = await _runs.RunAsync(ManyRuns.Names(200), options => options.Progress = new Direct<ManyProgress>(reports.Add));

        outcomes.Should().HaveCount(200).And.OnlyContain(outcome => outcome.Succeeded);
        var started = reports.First(report => report.Started is 100).Elapsed;
        var seen = reports.First(report => report.Succeeded is 100).Elapsed;
        (seen - started).Should().BeLessThan(TimeSpan.FromSeconds(85), "the next start is answered after 95");
    }

    [Fact]
    public async Task A_listener_to_metrics_that_throws_costs_nothing()
    {
        var refusals = 0;
        _runs.Service.Refuses = _ => ++refusals <= 3 ? (HttpStatusCode.TooManyRequests, "") : null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name is SixtyfourTelemetry.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidDataException("not now"));
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidDataException("not now"));
        listener.Start();

        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(20));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(20).And.OnlyContain(outcome => outcome.Succeeded);
        _runs.HandedOver.Should().BeEquivalentTo(_runs.Service.IdsGivenOut);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(24)]
    public async Task A_wall_clock_that_is_set_while_a_run_is_under_way_changes_nothing(int hours)
    {
        WallClock? wall = null;
        using var runs = new ManyRuns(options => options.TimeProvider = wall = new(options.TimeProvider));
        var admitted = 0;
        runs.Service.Touch = response =>
        {
            response.Headers.Date = runs.Clock.GetUtcNow();
            response.Headers.TryAddWithoutValidation("X-RateLimit-Limit", "500");
            response.Headers.TryAddWithoutValidation("X-RateLimit-Remaining", $"{Math.Max(0, 500 - Interlocked.Increment(ref admitted) % 500)}");
            response.Headers.TryAddWithoutValidation("X-RateLimit-Reset", $"{runs.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds()}");
        };
        using var timer = runs.Clock.CreateTimer(_ => wall!.Offset = TimeSpan.FromHours(hours), null, TimeSpan.FromSeconds(70), Timeout.InfiniteTimeSpan);
        var begun = runs.Clock.GetTimestamp();

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(900));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(900).And.OnlyContain(outcome => outcome.Succeeded);
        runs.Clock.GetElapsedTime(begun).Should().BeLessThan(TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task A_logger_that_throws_costs_nothing()
    {
        using var runs = new ManyRuns(logger: new Throwing());
        var refusals = 0;
        runs.Service.Refuses = _ => ++refusals <= 12 ? (HttpStatusCode.TooManyRequests, "") : null;

        var (outcomes, thrown) = await runs.RunAsync(ManyRuns.Names(20));

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(20).And.OnlyContain(outcome => outcome.Succeeded);
        runs.HandedOver.Should().BeEquivalentTo(runs.Service.IdsGivenOut);
    }

    [Fact]
    public async Task Two_inputs_may_wait_for_the_same_job()
    {
        var (outcomes, thrown) = await _runs.RunAsync(ManyRuns.Names(4), options => options.ResumeJobId = _ => "old");

        thrown.Should().BeNull();
        outcomes.Should().HaveCount(4).And.OnlyContain(outcome => outcome.JobId == "old" && outcome.Succeeded);
        _runs.Service.Starts.Should().BeEmpty();
    }

    private static HttpResponseMessage Answer(string id) => ScriptedHandler.Response(HttpStatusCode.OK, $$"""{"task_id": "{{id}}", "status": "pending"}""");

    private static HttpResponseMessage BreaksOff(string begin) =>
        new(HttpStatusCode.OK) { Content = new StreamContent(new Broken(Encoding.UTF8.GetBytes(begin))) };

    private void ThrowingCallbacks(ManyOptions<string, LeadOptions> options)
    {
        options.OnStarting = (_, token) =>
        {
            token.Register(() => throw new InvalidDataException("not now"));
            return Task.CompletedTask;
        };
        options.OnStarted = (name, jobId, token) =>
        {
            token.Register(() => throw new InvalidDataException("not now"));
            return _runs.HandOverAsync(name, jobId, token);
        };
    }

    private sealed class WallClock(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class Throwing : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidDataException("not now");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidDataException("not now");
    }

    private sealed class Broken(byte[] begin) : MemoryStream(begin)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("the connection broke");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.Run(() => Read(buffer, offset, count), cancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var bytes = new byte[buffer.Length];
            var read = Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, read).CopyTo(buffer.Span);
            return read;
        }
    }
}
