using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Jobs;

/// <summary>A wait whose polls fail says so: in the log, in the exception of its own limit, and in the end by giving up.</summary>
public sealed class UnreachableTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly CapturedLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Where_the_client_never_had_an_answer_the_wait_ends_after_two_minutes_with_id_and_cause()
    {
        var begun = _clock.GetUtcNow();

        var error = (await WaitAsync(_ => throw new HttpRequestException("Connection refused")).Should().ThrowAsync<ConnectionFailedException>()).Which;

        error.JobId.Should().Be("job-1");
        error.Message.Should().Contain("Connection refused");
        (_clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.FromMinutes(2)).And.BeLessThan(TimeSpan.FromMinutes(3));
    }

    public static TheoryData<string, Exception> Unreachable => new()
    {
        { "a mistyped host", new HttpRequestException("Name or service not known", new SocketException((int)SocketError.HostNotFound)) },
        { "a refused certificate", new HttpRequestException("The SSL connection could not be established", new AuthenticationException("UntrustedRoot")) },
        { "a handler of the application that throws", new InvalidOperationException("The tenant is not set") },
    };

    [Theory]
    [MemberData(nameof(Unreachable))]
    public async Task Whatever_keeps_every_poll_from_leaving_ends_the_wait_with_id_and_cause(string what, Exception cause)
    {
        var error = (await WaitAsync(_ => throw cause).Should().ThrowAsync<SixtyfourException>(what)).Which;

        error.JobId.Should().Be("job-1");
        error.Message.Should().Contain((cause.InnerException ?? cause).Message);
        error.InnerException.Should().NotBeNull();
    }

    [Fact]
    public async Task Where_it_had_one_the_wait_goes_on_for_as_long_as_the_setting_says()
    {
        var begun = _clock.GetUtcNow();

        await WaitAsync(poll => poll is 0 ? Running() : throw new HttpRequestException("Connection refused")).Should().ThrowAsync<ConnectionFailedException>();

        (_clock.GetUtcNow() - begun).Should().BeGreaterThan(TimeSpan.FromMinutes(15)).And.BeLessThan(TimeSpan.FromMinutes(17));
    }

    [Fact]
    public async Task The_first_failure_of_a_row_is_a_warning_with_its_message()
    {
        var polls = 0;
        await WaitAsync(poll => (polls = poll) switch
        {
            1 or 2 or 4 => throw new HttpRequestException("Connection refused"),
            6 => ScriptedHandler.Response(HttpStatusCode.OK, """{"status": "completed", "result": {"structured_data": {}}}"""),
            _ => Running(),
        })();

        polls.Should().Be(6);
        var warnings = _log.Of(10).ToList();
        warnings.Should().HaveCount(2);
        warnings.Should().OnlyContain(line => line.Level == LogLevel.Warning && line.Message.Contains("Connection refused") && line.Message.Contains("job-1"));
        _log.Of(8).Should().ContainSingle();
    }

    [Fact]
    public async Task A_limit_that_passes_before_the_job_was_seen_says_so_and_why()
    {
        var error = (await WaitAsync(_ => throw new HttpRequestException("Connection refused"), TimeSpan.FromSeconds(20))
            .Should().ThrowAsync<JobStillRunningException>()).Which;

        error.LastSeen.Should().BeNull();
        error.Message.Should().Contain("job-1").And.Contain("was not seen").And.Contain("Connection refused");
        error.InnerException.Should().BeOfType<ConnectionFailedException>();
    }

    [Fact]
    public async Task A_limit_that_passes_while_the_job_runs_has_no_cause()
    {
        var error = (await WaitAsync(_ => Running(), TimeSpan.FromSeconds(20)).Should().ThrowAsync<JobStillRunningException>()).Which;

        error.LastSeen.Should().NotBeNull();
        error.Message.Should().Contain("still runs").And.Contain("running");
        error.InnerException.Should().BeNull();
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>Please wait</html>")]
    [InlineData(HttpStatusCode.OK, """{"status": "comp""")]
    [InlineData(HttpStatusCode.Redirect, "")]
    [InlineData(HttpStatusCode.Forbidden, "<html>Access denied</html>")]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, "")]
    [InlineData((HttpStatusCode)421, "")]
    [InlineData((HttpStatusCode)425, "")]
    public async Task One_odd_poll_ends_no_wait(HttpStatusCode status, string body) =>
        await WaitAsync(poll => poll is 0
            ? ScriptedHandler.Response(status, body)
            : ScriptedHandler.Response(HttpStatusCode.OK, """{"status": "completed", "result": {"structured_data": {}}}"""))
            .Should().NotThrowAsync();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error": "unauthorized"}""")]
    [InlineData("""{"detail": "Job not found"}""")]
    [InlineData("""{"status": null}""")]
    [InlineData("""{"status": 3}""")]
    public async Task Polls_that_tell_nothing_are_logged_once_and_end_the_wait_with_the_id(string body)
    {
        var polls = 0;

        var error = (await WaitAsync(poll =>
        {
            polls = poll + 1;
            return ScriptedHandler.Response(HttpStatusCode.OK, body);
        })
            .Should().ThrowAsync<InvalidResponseException>()).Which;

        error.JobId.Should().Be("job-1");
        polls.Should().Be(10);
        _log.Of(10).Should().ContainSingle().Which.Message.Should().Contain("job-1");
    }

    [Fact]
    public async Task Answers_that_always_break_off_are_logged_once_and_end_the_wait_with_the_id()
    {
        var polls = 0;

        var error = (await WaitAsync(poll =>
        {
            polls = poll + 1;
            return new(HttpStatusCode.OK) { Content = new BreaksOff() };
        }).Should().ThrowAsync<OutcomeUnknownException>()).Which;

        error.JobId.Should().Be("job-1");
        polls.Should().Be(10);
        _log.Of(10).Should().ContainSingle();
    }

    private Func<Task> WaitAsync(Func<int, HttpResponseMessage> answer, TimeSpan? limit = null) => async () =>
    {
        using var service = new Polled(answer);
        using var logs = new LoggerFactory([_log]);
        using var client = TestClients.Create(service, _clock, o => o.LoggerFactory = logs);
        await _clock.RunAsync(Task.Run(() => client.Jobs.GetJob("job-1").WaitAsync(new JobWaitOptions { Timeout = limit }, Token), Token));
    };

    private static HttpResponseMessage Running() => ScriptedHandler.Response(HttpStatusCode.OK, """{"status": "running"}""");

    private sealed class BreaksOff : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"status\": \"run"u8.ToArray());
            throw new IOException("The response ended prematurely");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 500;
            return true;
        }
    }

    private sealed class Polled(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        private int _polls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(_polls++));
    }
}
