using System.Text.Json;
using Sixtyfour.Jobs;

namespace Sixtyfour.Tests.Jobs;

public sealed class JobSnapshotReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 24, 7, 1, 0, TimeSpan.Zero);

    [Fact]
    public void The_documented_pending_form()
    {
        var snapshot = Read("""{ "status": "pending", "processed_items": 0, "total_items": 4, "task_type": "enrich_lead" }""");

        snapshot.Status.Should().Be(JobStatus.Pending);
        snapshot.CompletedItems.Should().Be(0);
        snapshot.TotalItems.Should().Be(4);
        snapshot.TaskType.Should().Be("enrich_lead");
        snapshot.Elapsed.Should().Be(TimeSpan.Zero);
        snapshot.ChargeCents.Should().BeNull();
    }

    [Fact]
    public void The_production_form_while_running()
    {
        var snapshot = Read("""{ "id": "job-1", "run_id": "run-1", "start_time": "2026-08-24T07:00:00Z", "status": "running" }""");

        snapshot.Status.Should().Be(JobStatus.Running);
        snapshot.StartedAt.Should().Be(Now.AddMinutes(-1));
        snapshot.FinishedAt.Should().BeNull();
        snapshot.Elapsed.Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void The_production_form_when_completed()
    {
        var snapshot = Read("""
            { "id": "job-1", "run_id": "run-1", "start_time": "2026-08-24T07:00:00Z", "close_time": "2026-08-24T07:00:30Z", "status": "completed",
              "result": { "notes": "", "structured_data": { "title": "VP Engineering" } }, "charge_amount": 12, "task_type": "people-intelligence" }
            """);

        snapshot.Status.IsSuccess.Should().BeTrue();
        snapshot.FinishedAt.Should().Be(new DateTimeOffset(2026, 8, 24, 7, 0, 30, TimeSpan.Zero));
        snapshot.ChargeCents.Should().Be(12);
        JobResults.Raw(snapshot).GetProperty("structured_data").GetProperty("title").GetString().Should().Be("VP Engineering");
    }

    [Fact]
    public void A_failure_with_and_without_a_reason()
    {
        Read("""{ "status": "failed", "error": "Research could not be completed" }""").Error.Should().Be("Research could not be completed");
        Read("""{ "status": "cancelled" }""").Error.Should().BeNull();
        new JobFailedException(Read("""{ "status": "timed_out" }""")).Message.Should().Contain("timed_out");
    }

    [Fact]
    public void The_message_of_a_failed_job_stands_alone_and_tells_no_personal_data()
    {
        const string Reason = "No sources for ada@example.com at https://files.test/a.csv?sig=secret";
        var failed = new JobFailedException(Read($$"""{ "status": "failed", "error": "{{Reason}}" }"""));
        var canceled = new JobCanceledException(Read("""{ "status": "cancelled", "error": "Stopped by ada@example.com." }"""));

        failed.Message.Should().StartWith("Job job-1 ended as 'failed': No sources for [e-mail] at https://files.test/a.csv?[query]. ")
            .And.Contain("Snapshot.Error").And.Contain("a new start");
        failed.Snapshot.Error.Should().Be(Reason);
        canceled.Message.Should().StartWith("Job job-1 ended as 'cancelled': Stopped by [e-mail]. ");
    }

    [Theory]
    [InlineData("""{ "status": "exploded", "close_time": "2026-08-24T07:00:30Z", "error": "Boom" }""", true, false)]
    [InlineData("""{ "status": "all_good", "close_time": "2026-08-24T07:00:30Z", "result": { "structured_data": {} } }""", true, true)]
    [InlineData("""{ "status": "archived", "close_time": "2026-08-24T07:00:30Z", "result": null }""", false, false)]
    [InlineData("""{ "status": "reviewing", "result": { "structured_data": {} } }""", false, false)]
    [InlineData("""{ "status": "running", "close_time": "2026-08-24T07:00:30Z", "error": "Boom" }""", false, false)]
    public void An_unknown_word_ends_a_wait_where_the_answer_shows_the_end(string json, bool isTerminal, bool isSuccess)
    {
        var status = Read(json).Status;

        (status.IsTerminal, status.IsSuccess).Should().Be((isTerminal, isSuccess));
        json.Should().Contain($"\"{status.Value}\"", "the word stays as it was sent");
    }

    [Theory]
    [InlineData("""{ "status": "failed", "error_message": "Too vague" }""")]
    [InlineData("""{ "status": "failed", "message": "Too vague" }""")]
    [InlineData("""{ "status": "failed", "detail": "Too vague" }""")]
    [InlineData("""{ "status": "failed", "detail": [{ "loc": ["body"], "msg": "Too vague" }] }""")]
    [InlineData("""{ "status": "failed", "errors": ["Too vague"] }""")]
    [InlineData("""{ "status": "failed", "errors": [{ "message": "Too vague" }] }""")]
    [InlineData("""{ "status": "failed", "error": { "error": { "message": "Too vague" } } }""")]
    [InlineData("""{ "status": "failed", "error": "", "result": { "error": "Too vague" } }""")]
    public void The_reason_of_a_failure_is_found_under_the_names_services_use(string json) => Read(json).Error.Should().Be("Too vague");

    [Fact]
    public void What_a_running_job_says_is_no_error() =>
        Read("""{ "status": "running", "message": "Reading pages", "detail": "3 of 4" }""").Error.Should().BeNull();

    [Fact]
    public void Synonyms_are_equal()
    {
        new JobStatus("queued").Should().Be(JobStatus.Pending);
        new JobStatus("Processing").Should().Be(JobStatus.Running);
        new JobStatus("queued").Value.Should().Be("queued");
    }

    [Theory]
    [InlineData("""{ "status": "failed", "error": { "code": "x", "message": "Too vague" } }""", "Too vague")]
    [InlineData("""{ "status": "failed", "error": { "code": "too_vague" } }""", "too_vague")]
    [InlineData("""{ "status": "failed", "error": [] }""", null)]
    [InlineData("""{ "status": "failed", "error": " " }""", null)]
    public void A_reason_of_another_shape_is_read_where_it_says_something(string json, string? reason) => Read(json).Error.Should().Be(reason);

    [Fact]
    public void A_bulk_job_holds_its_files_instead_of_a_result()
    {
        var snapshot = Read("""{ "status": "completed", "charge_amount": 30, "results": [ { "filename": "a.csv" } ] }""");

        JobResults.Raw(snapshot).GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void A_completed_job_without_a_result_says_so_with_its_id()
    {
        var read = () => JobResults.Raw(Read("""{ "status": "completed", "result": null }"""));

        read.Should().Throw<InvalidResponseException>().Which.JobId.Should().Be("job-1");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"running\"")]
    public void A_status_that_is_no_object_is_no_answer_and_names_the_job(string json)
    {
        var read = () => Read(json);

        read.Should().Throw<InvalidResponseException>().Which.JobId.Should().Be("job-1");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "status": null }""")]
    [InlineData("""{ "status": 7 }""")]
    [InlineData("""{ "status": " " }""")]
    [InlineData("""{ "status": "\ud800", "\ud800": 1 }""")]
    [InlineData("""{ "error": "unauthorized" }""")]
    [InlineData("""{ "detail": "Job not found" }""")]
    [InlineData("""{ "data": { "id": "job-1" } }""")]
    [InlineData("""[{ "status": "running" }, { "status": "completed" }]""")]
    public void An_answer_without_a_status_word_tells_nothing_about_the_job(string json)
    {
        var read = () => Read(json);

        var error = read.Should().Throw<InvalidResponseException>().Which;
        error.JobId.Should().Be("job-1");
        error.Message.Should().Contain("job-1").And.NotContain("unauthorized");
    }

    [Theory]
    [InlineData("""[{ "status": "completed", "result": { "structured_data": {} } }]""")]
    [InlineData("""{ "data": { "status": "completed", "result": { "structured_data": {} } } }""")]
    [InlineData("""[{ "success": true, "data": [{ "status": "completed", "result": { "structured_data": {} } }] }]""")]
    public void A_status_is_found_in_a_list_of_one_and_in_a_data_envelope(string json)
    {
        var snapshot = Read(json);

        snapshot.Status.IsSuccess.Should().BeTrue();
        JobResults.Raw(snapshot).TryGetProperty("structured_data", out _).Should().BeTrue();
    }

    [Fact]
    public void A_status_beside_data_is_the_jobs_own() =>
        Read("""{ "status": "running", "data": { "status": "completed" } }""").Status.Should().Be(JobStatus.Running);

    [Theory]
    [InlineData("""{ "status": "running", "start_time": "yesterday", "charge_amount": "a lot", "processed_items": 1e99, "total_items": -3 }""")]
    public void What_cannot_be_read_is_left_out_and_the_job_goes_on(string json)
    {
        var snapshot = Read(json);

        snapshot.Status.IsTerminal.Should().BeFalse();
        snapshot.StartedAt.Should().BeNull();
        snapshot.ChargeCents.Should().BeNull();
        snapshot.CompletedItems.Should().BeNull();
    }

    [Theory]
    [InlineData("12.5", 12.5)]
    [InlineData("\"12\"", 12)]
    public void A_charge_may_be_a_fraction_or_a_text(string json, double cents) =>
        Read($$"""{ "status": "completed", "charge_amount": {{json}} }""").ChargeCents.Should().Be((decimal)cents);

    [Fact]
    public void Printing_a_snapshot_prints_no_value() =>
        Read("""{ "status": "completed", "result": { "notes": "secret" } }""").ToString().Should().Be("Job job-1: completed");

    private static JobSnapshot Read(string json) => JobSnapshotReader.Read("job-1", JsonDocument.Parse(json).RootElement, elapsed: null, Now);
}
