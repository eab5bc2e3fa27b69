using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;
using Sixtyfour.Json;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Http;

public sealed class UploadTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_moves_may_take_as_long_as_it_takes()
    {
        using var handler = new Sink(_clock, between: TimeSpan.FromSeconds(59), answer: TimeSpan.FromSeconds(99));
        var begun = _clock.GetUtcNow();

        await SendAsync(handler, blocks: 500);

        (_clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.FromHours(8));
    }

    [Fact]
    public async Task An_upload_without_a_byte_for_a_minute_fails_and_is_sent_again()
    {
        using var handler = new Sink(_clock, between: TimeSpan.FromSeconds(61), answer: TimeSpan.Zero);
        var begun = _clock.GetUtcNow();

        var error = (await FluentActions.Awaiting(() => SendAsync(handler, blocks: 3, maxRetries: 1)).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.Attempts.Should().Be(2);
        error.Message.Should().Contain("no byte moved for 0:01:00");
        (_clock.GetUtcNow() - begun).Should().BeLessThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task After_the_last_byte_the_answer_is_due_as_that_of_any_quick_call()
    {
        using var handler = new Sink(_clock, between: TimeSpan.FromSeconds(1), answer: TimeSpan.FromSeconds(101));

        var error = (await FluentActions.Awaiting(() => SendAsync(handler, blocks: 3, maxRetries: 0)).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.Message.Should().Contain("no answer within 0:01:40 after the last byte was sent");
    }

    [Fact]
    public async Task A_limit_of_the_callers_own_holds_for_the_whole_attempt_and_the_answer()
    {
        using var patient = new Sink(_clock, between: TimeSpan.FromSeconds(1), answer: TimeSpan.FromMinutes(5));
        await SendAsync(patient, blocks: 3, maxRetries: 0, attempt: TimeSpan.FromMinutes(10));

        using var slow = new Sink(_clock, between: TimeSpan.FromSeconds(30), answer: TimeSpan.Zero);
        await FluentActions.Awaiting(() => SendAsync(slow, blocks: 30, maxRetries: 0, attempt: TimeSpan.FromMinutes(10)))
            .Should().ThrowAsync<OutcomeUnknownException>();
    }

    [Fact]
    public async Task A_slot_is_held_until_a_minute_after_the_upload_has_left()
    {
        var limiter = new RequestLimiter(1, _clock, () => 0.5);
        var first = (await limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, Token))!;
        first.Sending(isUpload: true);
        var second = limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, Token).AsTask();

        _clock.Advance(TimeSpan.FromMinutes(30));
        second.IsCompleted.Should().BeFalse();
        first.Sent();
        _clock.Advance(TimeSpan.FromSeconds(3));
        using var response = new HttpResponseMessage();
        first.Answered(response);
        _clock.Advance(TimeSpan.FromSeconds(59));
        second.IsCompleted.Should().BeFalse();
        await _clock.RunAsync(second);

        second.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_holds_the_slot_five_seconds_longer()
    {
        var limiter = new RequestLimiter(1, _clock, () => 0.5);
        var first = (await limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, Token))!;
        first.Sending(isUpload: true);
        _clock.Advance(TimeSpan.FromSeconds(20));
        first.Sent();
        var begun = _clock.GetUtcNow();

        await _clock.RunAsync(limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, Token).AsTask());

        (_clock.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(65)).And.BeLessThan(TimeSpan.FromSeconds(130));
    }

    [Fact]
    public async Task A_slot_that_nothing_was_sent_in_is_free_at_once()
    {
        var limiter = new RequestLimiter(1, _clock, () => 0.5);
        (await limiter.AcquireAsync(PermitKind.Call, Timeout.InfiniteTimeSpan, Token))!.Dispose();

        (await limiter.AcquireAsync(PermitKind.Call, TimeSpan.Zero, Token)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_body_can_be_taken_back_until_its_end_leaves_and_not_after()
    {
        var body = new Blocks(3);
        var content = new SentContent(body, mayBeRepeated: true, Token);
        content.TryWithdraw().Should().BeTrue();
        await FluentActions.Awaiting(() => content.CopyToAsync(Stream.Null, Token)).Should().ThrowAsync<OperationCanceledException>();
        content.HasBegun.Should().BeFalse();

        var leaving = new SentContent(body, mayBeRepeated: true, Token) { OnMoved = () => { } };
        await leaving.CopyToAsync(Stream.Null, Token);
        leaving.TryWithdraw().Should().BeFalse();

        SentContent? half = null;
        half = new SentContent(body, mayBeRepeated: true, Token) { OnMoved = () => half!.TryWithdraw() };
        await FluentActions.Awaiting(() => half.CopyToAsync(Stream.Null, Token)).Should().ThrowAsync<OperationCanceledException>();
        half.HasBegun.Should().BeTrue();
    }

    [Fact]
    public async Task An_upload_that_was_answered_early_never_arrives_later()
    {
        HttpContent? content = null;
        using var handler = new Early(request =>
        {
            content = request.Content;
            return ScriptedHandler.Response(System.Net.HttpStatusCode.PaymentRequired, "");
        });

        await FluentActions.Awaiting(() => SendAsync(handler, blocks: 3)).Should().ThrowAsync<InsufficientCreditsException>();

        await FluentActions.Awaiting(() => content!.CopyToAsync(Stream.Null, Token)).Should().ThrowAsync<Exception>();
    }

    private async Task SendAsync(HttpMessageHandler handler, int blocks, int? maxRetries = null, TimeSpan? attempt = null)
    {
        var options = new SixtyfourClientOptions { ApiKey = TestClients.Key, TimeProvider = _clock };
        using var http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var transport = new Transport(options, () => http, () => options, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, () => 0.5);
        var request = new ApiRequest<System.Text.Json.JsonElement>(HttpMethod.Post, "upload", ApiJson.Default.JsonElement)
        {
            Route = "upload",
            Body = new Blocks(blocks),
            IsRepeatable = true,
            IdempotencyKey = "k",
            Time = TimeoutKind.Transfer,
            Options = new() { MaxRetries = maxRetries, AttemptTimeout = attempt },
        };
        await _clock.RunAsync(transport.SendAsync(request, Token));
    }

    private sealed class Blocks(int count) : RequestBody
    {
        public override string ContentType => "application/octet-stream";

        public override long? Length => count;

        public override bool HoldsBackItsEnd => true;

        public override async Task WriteAsync(Stream stream, ISendProgress progress, CancellationToken cancellationToken)
        {
            for (var i = 1; i <= count; i++)
            {
                if (i == count)
                {
                    progress.BeforeLastBytes();
                }

                await stream.WriteAsync(new byte[1], cancellationToken);
                progress.Moved();
            }

            progress.Sent();
        }
    }

    private sealed class Early(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }

    /// <summary>Takes each block after a while, and answers after another.</summary>
    private sealed class Sink(FakeClock clock, TimeSpan between, TimeSpan answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(new ObservedStream(before: (_, token) => clock.Delay(between, token)), cancellationToken);
            await clock.Delay(answer, cancellationToken);
            return ScriptedHandler.Response(System.Net.HttpStatusCode.OK, "{}");
        }
    }
}
