using System.Net;

namespace Sixtyfour.Emulator.Tests.Jobs;

public class JobTests
{
    [Theory]
    [InlineData("/enrich-lead-async", "pending")]
    [InlineData("/people-intelligence-async", "RUNNING")]
    public async Task A_start_is_answered_at_once_with_an_id_and_the_recorded_word(string path, string status)
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        var response = await wire.PostAsync(path, Wire.Enrichment());

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var answer = await Wire.JsonOf(response);
        answer.Select(member => member.Key).Should().Equal("task_id", "status");
        Guid.TryParse(answer["task_id"]!.GetValue<string>(), out _).Should().BeTrue();
        answer["status"]!.GetValue<string>().Should().Be(status);
    }

    [Theory]
    [InlineData("queued", "task_id,status")]
    [InlineData("", "task_id")]
    public async Task The_word_that_answers_a_start_can_be_another_or_missing(string status, string members)
    {
        await using var wire = await Wire.StartAsync(options => options.SubmitStatus = status);

        var answer = await wire.AnswerAsync("/enrich-lead-async", Wire.Enrichment());

        string.Join(',', answer.Select(member => member.Key)).Should().Be(members);
        answer["status"]?.GetValue<string>().Should().Be(status);
    }

    [Fact]
    public async Task A_lead_job_is_pending_then_running_then_completed()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = await wire.StartJobAsync();

        var seen = new List<string>();
        foreach (var step in new[] { 0, 2, 237, 1, 3600 })
        {
            wire.Emulator.Advance(TimeSpan.FromSeconds(step));
            seen.Add((await wire.PollAsync(id))["status"]!.GetValue<string>());
        }

        seen.Should().Equal("pending", "running", "running", "completed", "completed");
    }

    [Fact]
    public async Task A_people_job_is_running_from_the_start()
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        (await wire.PollAsync(await wire.StartJobAsync("/people-intelligence-async")))["status"]!.GetValue<string>().Should().Be("running");
    }

    [Fact]
    public async Task An_open_job_shows_the_recorded_envelope()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = await wire.StartJobAsync();

        var open = await wire.PollAsync(id);

        open.Select(member => member.Key).Should().Equal("id", "run_id", "start_time", "status", "task_type");
        open["id"]!.GetValue<string>().Should().Be(id);
        open["start_time"]!.GetValue<string>().Should().Be("2026-01-01T00:00:00Z");
        open["task_type"]!.GetValue<string>().Should().Be("enrich_lead");
    }

    [Fact]
    public async Task A_completed_job_shows_its_end_its_result_and_its_charge()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = await wire.StartJobAsync("/people-intelligence-async");
        wire.Emulator.Advance(TimeSpan.FromMinutes(10));

        var done = await wire.PollAsync(id);

        done.Select(member => member.Key).Should().Equal("id", "run_id", "start_time", "close_time", "status", "result", "charge_amount", "task_type");
        done["close_time"]!.GetValue<string>().Should().Be("2026-01-01T00:04:00Z", "it ended when it was due, not when somebody looked");
        done["charge_amount"]!.ToJsonString().Should().Be("10");
        done["task_type"]!.GetValue<string>().Should().Be("people_intelligence");
        done["result"]!["structured_data"]!["title"]!.GetValue<string>().Should().Be("VP Engineering");
    }

    [Fact]
    public async Task The_documented_form_has_counters_and_no_ids()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.JobStatusForm = JobStatusForm.Documented);
        var id = await wire.StartJobAsync();

        var open = await wire.PollAsync(id);
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        var done = await wire.PollAsync(id);

        open.ToJsonString().Should().Be("""{"status":"pending","processed_items":0,"total_items":0,"task_type":"enrich_lead"}""");
        done.Select(member => member.Key).Should().Equal("status", "result", "task_type");
    }

    [Fact]
    public async Task A_failed_job_is_an_answer_with_200_and_its_error()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = await wire.StartJobAsync();
        wire.Emulator.Jobs.Single().Fail("Research could not be completed");

        var failed = await wire.PollAsync(id);

        failed.Select(member => member.Key).Should().Equal("id", "run_id", "start_time", "close_time", "status", "error", "task_type");
        failed["status"]!.GetValue<string>().Should().Be("failed");
        failed["error"]!.GetValue<string>().Should().Be("Research could not be completed");
    }

    [Fact]
    public async Task A_job_can_be_completed_or_cancelled_by_hand()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        string first = await wire.StartJobAsync(), second = await wire.StartJobAsync();
        wire.Emulator.Jobs[0].Complete();
        wire.Emulator.Jobs[1].Cancel();

        (await wire.PollAsync(first))["status"]!.GetValue<string>().Should().Be("completed");
        var cancelled = await wire.PollAsync(second);
        cancelled["status"]!.GetValue<string>().Should().Be("cancelled");
        cancelled.ContainsKey("error").Should().BeFalse();
        wire.Emulator.Jobs.Select(job => (job.Status, job.FinishedAt)).Should().Equal(
            (JobStatus.Completed, wire.Emulator.Clock.GetUtcNow()), (JobStatus.Canceled, wire.Emulator.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_job_ends_only_once()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        await wire.StartJobAsync();
        var job = wire.Emulator.Jobs.Single();
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));

        job.Invoking(it => it.Fail("too late")).Should().Throw<InvalidOperationException>().WithMessage($"Job {job.Id} has ended already, as completed.");
    }

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.GetAsync("/job-status/5d0c2f0e-0000-4000-8000-000000000001");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Wire.JsonOf(response)).ToJsonString().Should().Be("""{"detail":"Job not found"}""");
    }

    [Fact]
    public async Task An_idempotency_key_changes_nothing()
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Add("Idempotency-Key", "the-same");

        (await wire.StartJobAsync()).Should().NotBe(await wire.StartJobAsync());
        wire.Emulator.ChargedCents.Should().Be(20);
    }

    [Fact]
    public async Task Jobs_are_listed_in_order_and_synchronous_calls_are_not()
    {
        await using var wire = await Wire.StartAsync();
        var first = await wire.StartJobAsync();
        await wire.AnswerAsync("/enrich-lead", Wire.Enrichment());
        var second = await wire.StartJobAsync("/people-intelligence-async");

        wire.Emulator.Jobs.Select(job => (job.Id, job.Path)).Should().Equal((first, "/enrich-lead-async"), (second, "/people-intelligence-async"));
    }

    [Fact]
    public async Task A_synchronous_call_is_silent_until_the_work_is_done()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var start = wire.Emulator.Clock.GetUtcNow();

        var response = await wire.Emulator.AdvanceUntilAsync(wire.PostAsync("/enrich-lead", Wire.Enrichment()), TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (wire.Emulator.Clock.GetUtcNow() - start).Should().Be(TimeSpan.FromMinutes(4));
        response.Headers.Date.Should().Be(start.AddMinutes(4));
    }
}
