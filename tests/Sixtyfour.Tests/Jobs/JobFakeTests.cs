namespace Sixtyfour.Tests.Jobs;

public sealed class JobFakeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fake_with_a_result_behaves_like_a_finished_job()
    {
        var job = Job.FromResult("job-1", "found");

        (await job.WaitAsync(Token)).Should().Be("found");
        (await job.GetStatusAsync(Token)).Status.Should().Be(JobStatus.Completed);
        await foreach (var snapshot in job.WatchAsync(Token))
        {
            snapshot.JobId.Should().Be("job-1");
        }

        job.ToString().Should().Be("Job job-1");
    }

    [Fact]
    public async Task A_fake_with_an_error_throws_it()
    {
        var failed = new JobFailedException(new() { JobId = "job-1", Status = JobStatus.Canceled, Error = "stopped" });
        var job = Job.FromException<string>("job-1", failed);

        (await FluentActions.Awaiting(() => job.WaitAsync(Token)).Should().ThrowAsync<JobFailedException>()).Which.Should().BeSameAs(failed);
        (await job.GetStatusAsync(Token)).Status.Should().Be(JobStatus.Canceled);
    }

    [Fact]
    public async Task Any_error_can_be_faked()
    {
        var job = Job.FromException<string>("job-1", new OutcomeUnknownException("gone"));

        await FluentActions.Awaiting(() => job.WaitAsync(Token)).Should().ThrowAsync<OutcomeUnknownException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_id_is_refused(string id)
    {
        var make = () => Job.FromResult(id, 1);

        make.Should().Throw<ArgumentException>();
    }
}
