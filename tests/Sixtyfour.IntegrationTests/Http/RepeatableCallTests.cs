using System.Net;
using Sixtyfour.Emulator;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Http;

/// <summary>The left-hand column of the outcome table, on the emulator's own count of requests.</summary>
public sealed class RepeatableCallTests
{
    private const string Status = "/job-status/*";

    public static TheoryData<string> Passing { get; } = [.. new LostAnswers().Select(row => row.Data), "429", "500", "503 with a time"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_call_that_only_reads_is_repeated_until_it_is_answered(string failure)
    {
        await using var api = await Api.StartAsync(emulator: o => o.TimeScale = failure.Contains("time") ? 100 : 1);
        var job = await api.PaidStartAsync();
        api.Emulator.Inject(Failure(failure), Status, times: 2);

        var snapshot = await api.Client.Jobs.GetStatusAsync(job.Id, Short(failure), Api.Token);

        snapshot.Status.Should().Be(JobStatus.Completed);
        api.Emulator.CountRequests(Status).Should().Be(3);
    }

    [Theory]
    [InlineData("reset after the body", typeof(ConnectionFailedException))]
    [InlineData("attempt limit", typeof(ConnectionFailedException))]
    [InlineData("408", typeof(SixtyfourApiException))]
    [InlineData("429", typeof(RateLimitedException))]
    [InlineData("500", typeof(ServerErrorException))]
    [InlineData("502", typeof(ServerErrorException))]
    [InlineData("503 without a time", typeof(ServerErrorException))]
    [InlineData("504", typeof(ServerErrorException))]
    [InlineData("a 200 whose body breaks off", typeof(OutcomeUnknownException))]
    [InlineData("a 200 that drips beyond the limit", typeof(OutcomeUnknownException))]
    public async Task What_stays_so_is_thrown_by_its_kind_with_the_job_id(string failure, Type expected)
    {
        await using var api = await Api.StartAsync(o => o.Retry.MaxRetries = 2);
        var job = await api.PaidStartAsync();
        api.Emulator.Inject(Failure(failure), Status, times: 10);

        var error = (await api.Invoking(a => a.Client.Jobs.GetStatusAsync(job.Id, Short(failure), Api.Token)).Should().ThrowAsync<SixtyfourException>()).Which;

        error.Should().BeOfType(expected);
        error.JobId.Should().Be(job.Id);
        error.Attempts.Should().Be(3);
        error.IsSafeToRepeat.Should().BeFalse("a job is known: it is resumed, not repeated");
        api.Emulator.CountRequests(Status).Should().Be(3);
    }

    [Fact]
    public async Task A_post_that_its_caller_declares_repeatable_is_repeated_too()
    {
        await using var api = await Api.StartAsync();
        api.Emulator.Inject(Fault.LosesTheAnswer(), "/enrich-lead");

        var answer = await api.Client.Raw.SendAsync(
            HttpMethod.Post,
            "/enrich-lead",
            new System.Text.Json.Nodes.JsonObject { ["lead_info"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "Nadia Okafor" } },
            new() { IsRepeatable = true },
            Api.Token);

        answer.Info.Attempts.Should().Be(2);
        api.RequestsSeen.Should().Be(2);
    }

    [Fact]
    public async Task A_keyed_call_without_an_answer_names_the_key_that_makes_sending_again_safe()
    {
        await using var api = await Api.StartAsync(o => o.Retry.MaxRetries = 1);
        api.Emulator.Inject(Fault.LosesTheAnswer(), times: 10);

        var call = () => api.Client.Raw.SendAsync(HttpMethod.Post, "/enrich-lead", null, new() { IsRepeatable = true, IdempotencyKey = "import-7" }, Api.Token);

        (await call.Should().ThrowAsync<OutcomeUnknownException>()).Which.IdempotencyKey.Should().Be("import-7");
        api.RequestsSeen.Should().Be(2);
    }

    private static Fault Failure(string name) => name switch
    {
        "429" => Fault.RateLimited(TimeSpan.Zero),
        "500" => Fault.Status(HttpStatusCode.InternalServerError),
        "503 with a time" => Fault.Status(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromSeconds(1)),
        _ => LostAnswers.Named(name),
    };

    private static RequestOptions Short(string name) => new() { AttemptTimeout = LostAnswers.AttemptTimeout(name) };
}
