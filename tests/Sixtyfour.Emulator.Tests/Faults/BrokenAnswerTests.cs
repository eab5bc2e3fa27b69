using System.Net;
using System.Net.Sockets;

namespace Sixtyfour.Emulator.Tests.Faults;

public class BrokenAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_answer_was_read_worked_on_and_charged()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        wire.Emulator.Inject(Fault.LosesTheAnswer(), "/enrich-lead");

        await FluentActions.Awaiting(() => wire.PostAsync("/enrich-lead", Wire.Enrichment())).Should().ThrowAsync<HttpRequestException>();

        wire.Emulator.ChargedCents.Should().Be(10);
        var request = wire.Emulator.Requests.Should().ContainSingle().Subject;
        request.Body.Should().NotBeNull();
        request.StatusCode.Should().BeNull();
    }

    [Fact]
    public async Task A_job_whose_start_lost_its_answer_runs_all_the_same()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.LosesTheAnswer(), "/enrich-lead-async");

        await FluentActions.Awaiting(() => wire.StartJobAsync()).Should().ThrowAsync<HttpRequestException>();

        wire.Emulator.Jobs.Should().ContainSingle().Which.Status.Should().Be(JobStatus.Completed);
    }

    [Fact]
    public async Task A_reset_connection_reads_nothing_and_costs_nothing()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.ResetsTheConnection());

        var error = (await FluentActions.Awaiting(() => wire.PostAsync("/enrich-lead", Wire.Enrichment())).Should().ThrowAsync<HttpRequestException>()).Which;

        error.GetBaseException().Should().BeOfType<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        wire.Emulator.ChargedCents.Should().Be(0);
        var request = wire.Emulator.Requests.Should().ContainSingle().Subject;
        (request.Body, request.StatusCode).Should().Be((null, null));
        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_truncated_body_ends_after_the_given_number_of_bytes(int keep)
    {
        await using var wire = await Wire.StartAsync();
        var whole = (await wire.AnswerAsync("/enrich-lead", Wire.Enrichment())).ToJsonString();
        wire.Emulator.Inject(Fault.TruncatesTheBody(keep));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/enrich-lead") { Content = Wire.Json(Wire.Enrichment()) };
        using var response = await wire.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.Should().Be(whole.Length);
        response.Headers.Contains("x-request-id").Should().BeTrue();
        using var received = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        (await FluentActions.Awaiting(() => body.CopyToAsync(received, Token)).Should().ThrowAsync<HttpIOException>())
            .Which.HttpRequestError.Should().Be(HttpRequestError.ResponseEnded);
        received.Length.Should().Be(keep);
        wire.Emulator.ChargedCents.Should().Be(20);
    }

    [Fact]
    public async Task A_body_without_length_is_complete_when_the_connection_ends()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.LeavesOutTheLength());

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.Headers.ConnectionClose.Should().BeTrue();
        response.Headers.TransferEncodingChunked.Should().BeNull();
        (await Wire.JsonOf(response))["structured_data"]!["title"]!.GetValue<string>().Should().Be("VP Engineering");
    }

    [Fact]
    public async Task A_dripping_body_arrives_byte_by_byte_on_the_emulators_clock()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.SettlePeriod = TimeSpan.FromMilliseconds(1));
        wire.Emulator.Inject(Fault.Drips(TimeSpan.FromSeconds(1)));
        var start = wire.Emulator.Clock.GetUtcNow();

        var response = await wire.Emulator.AdvanceUntilAsync(wire.GetAsync("/job-status/x"), Token);

        (await Wire.JsonOf(response)).ToJsonString().Should().Be("""{"detail":"Job not found"}""");
        (wire.Emulator.Clock.GetUtcNow() - start).Should().Be(TimeSpan.FromSeconds("""{"detail":"Job not found"}""".Length));
    }

    [Fact]
    public async Task A_delayed_answer_is_held_back_on_the_emulators_clock()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        wire.Emulator.Inject(Fault.Delays(TimeSpan.FromSeconds(99)));
        var start = wire.Emulator.Clock.GetUtcNow();

        await wire.Emulator.AdvanceUntilAsync(wire.StartJobAsync(), Token);

        (wire.Emulator.Clock.GetUtcNow() - start).Should().Be(TimeSpan.FromSeconds(99));
    }

    [Fact]
    public async Task Garbled_json_is_half_of_the_answer_with_everything_else_in_order()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.GarblesTheJson());

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var body = await response.Content.ReadAsStringAsync(Token);
        body.Should().StartWith("""{"notes":""").And.NotEndWith("}");
        wire.Emulator.ChargedCents.Should().Be(10);
    }

    [Fact]
    public async Task An_emptied_body_is_nothing_with_200()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.EmptiesTheBody());

        var response = await wire.PostAsync("/enrich-lead-async", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(Token)).Should().BeEmpty();
        wire.Emulator.Jobs.Should().ContainSingle();
    }

    [Fact]
    public async Task A_failing_job_ends_as_failed_when_it_is_due()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no sources"), "/enrich-lead-async");
        var id = await wire.StartJobAsync();

        wire.Emulator.Jobs.Single().Status.IsTerminal.Should().BeFalse();
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));

        var failed = await wire.PollAsync(id);
        failed["status"]!.GetValue<string>().Should().Be("failed");
        failed["error"]!.GetValue<string>().Should().Be("no sources");
    }

    [Fact]
    public async Task Failing_work_answers_a_synchronous_call_with_500_and_no_charge()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no sources"));

        var response = await wire.PostAsync("/enrich-lead", Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await Wire.JsonOf(response))["message"]!.GetValue<string>().Should().Be("no sources");
        wire.Emulator.ChargedCents.Should().Be(0);
    }
}
