using System.Net;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Bulk;

public sealed class StageTests : IDisposable
{
    private const string Running = """{"status": "running"}""";
    private const string Completed = """{"status": "completed", "results": [{"filename": "out.csv", "download_url": "/f"}]}""";

    private const string Live = """
        {"run_id": "job-1", "overall_status": "running", "blocks": [
          {"block_name": "lead_enrichment", "sequence_number": 2, "status": "running", "processed_count": 1, "total_count": 3},
          {"block_name": "read_csv", "sequence_number": 1, "status": "completed", "processed_count": 3, "total_count": 0, "estimated_total_count": 4},
          {"status": 5, "processed_count": "many"}]}
        """;

    private readonly FakeClock _clock = new();
    private readonly ByPath _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task Whoever_wants_progress_is_told_of_the_stages()
    {
        _handler.Stages = (_, _) => Task.FromResult(ScriptedHandler.Response(HttpStatusCode.OK, Live));
        var seen = new List<JobSnapshot>();

        await WaitAsync(new() { Progress = new Told(seen) });

        seen[0].Stages.Select(stage => (stage.Name, stage.Status, stage.Processed, stage.Total)).Should().Equal(
            ("read_csv", JobStatus.Completed, 3, 4),
            ("lead_enrichment", JobStatus.Running, 1, 3),
            ("", new(""), 0, null));
        seen[0].Should().BeEquivalentTo(new { JobId = "job-1", Status = JobStatus.Running });
        seen[^1].Status.Should().Be(JobStatus.Completed);
    }

    [Fact]
    public async Task Without_progress_nobody_asks()
    {
        _handler.EndsAfterLooks = 3;

        await WaitAsync(null);

        _handler.Asked.Should().Be(0);
    }

    [Fact]
    public async Task However_the_question_fails_the_wait_goes_on()
    {
        _handler.EndsAfterQuestions = 5;
        _handler.Stages = async (number, token) =>
        {
            switch (number)
            {
                case 1:
                    return ScriptedHandler.Response(HttpStatusCode.NotFound, "");
                case 2:
                    return ScriptedHandler.Response(HttpStatusCode.OK, "rubbish");
                case 3:
                    return ScriptedHandler.Response(HttpStatusCode.OK, "[]");
                case 4:
                    throw new HttpRequestException("The response ended prematurely.");
                default:
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                    throw new InvalidOperationException();
            }
        };
        var seen = new List<JobSnapshot>();

        await WaitAsync(new() { Progress = new Told(seen) });

        _handler.Asked.Should().BeGreaterThan(4);
        seen[^1].Status.Should().Be(JobStatus.Completed);
        seen.Should().OnlyContain(snapshot => snapshot.Stages.Count == 0);
    }

    [Fact]
    public void A_handle_needs_an_id() =>
        FluentActions.Invoking(() => BulkClients.Create(_handler, _clock).GetJob(" ")).Should().Throw<ArgumentException>();

    [Fact]
    public async Task A_fake_of_a_job_is_made_in_a_line()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, "name\nNadia Okafor\n", Token);
        using var result = BulkResult.FromPath(path);

        var job = new BulkJob("job-1", result) { RowCount = 1, IdempotencyKey = "k" };

        (await job.WaitAsync(Token)).Should().BeSameAs(result);
        File.Delete(path);
    }

    private Task<BulkResult> WaitAsync(JobWaitOptions? options) =>
        _clock.RunAsync(BulkClients.Create(_handler, _clock).GetJob("job-1").WaitAsync(options, Token));

    /// <summary>A job that ends when it has been looked at, and its stages asked for, so many times.</summary>
    private sealed class ByPath : HttpMessageHandler
    {
        private int _looks;
        private int _asked;

        public int EndsAfterLooks { get; set; } = 1;

        public int EndsAfterQuestions { get; set; }

        public Func<int, CancellationToken, Task<HttpResponseMessage>>? Stages { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath switch
            {
                "/workflows/runs/job-1/live_status" => await Stages!(Interlocked.Increment(ref _asked), cancellationToken),
                "/job-status/job-1" => ScriptedHandler.Response(
                    HttpStatusCode.OK, Interlocked.Increment(ref _looks) > EndsAfterLooks && Asked >= EndsAfterQuestions ? Completed : Running),
                var other => throw new InvalidOperationException($"Nobody expected {other}."),
            };
    }

    private sealed class Told(List<JobSnapshot> seen) : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value) => seen.Add(value);
    }
}
