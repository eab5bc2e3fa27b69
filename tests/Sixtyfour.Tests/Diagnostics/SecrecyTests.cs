using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Registration;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Diagnostics;

/// <summary>Neither the key nor anything about a person leaves the SDK other than to the service and back to the caller.</summary>
[Collection(CapturedTelemetry.Collection)]
public sealed class SecrecyTests
{
    private static readonly string[] s_personal = ["Okafor", "nadia@example.com", "VP Engineering", "Example Robotics", "secret_query"];
    private static readonly string s_echo =
        """{"detail":[{"loc":["body","lead_info"],"msg":"Not enough","input":"""
            + """{"name":"Nadia Okafor","email":"nadia@example.com","key":"KEY"}}]}""".Replace("KEY", TestClients.Key);

    private readonly List<Exception> _thrown = [];
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_whole_run_tells_no_log_and_no_telemetry_who_was_asked_about_or_with_which_key()
    {
        using var telemetry = new CapturedTelemetry();
        using var log = new CapturedLog();
        await RunAsync(log);

        telemetry.Activities.Should().HaveCountGreaterThan(10);
        log.Lines.Should().HaveCountGreaterThan(10);
        var told = new StringBuilder(telemetry.Text);
        foreach (var line in log.Lines)
        {
            told.AppendLine(line.Message).AppendLine(line.Values);
        }

        foreach (var secret in s_personal.Append(TestClients.Key))
        {
            told.ToString().Should().NotContainEquivalentOf(secret);
        }
    }

    [Fact]
    public async Task No_exception_tells_the_key()
    {
        using var log = new CapturedLog();
        await RunAsync(log);

        _thrown.Should().HaveCountGreaterThan(5);
        foreach (var error in _thrown)
        {
            error.ToString().Should().NotContain(TestClients.Key);
            Everything(error).Should().NotContain(text => text.Contains(TestClients.Key), "{0} is walked by log sinks", error.GetType().Name);
        }
    }

    [Fact]
    public async Task No_message_of_the_SDKs_own_tells_who_was_asked_about()
    {
        using var log = new CapturedLog();
        await RunAsync(log);

        // The reason of a failed job is the service's text, in which e-mail addresses and queries can be told from other words, and names cannot.
        foreach (var error in _thrown)
        {
            s_personal.Skip(error is JobFailedException ? 1 : 0).Should().NotContain(secret => error.Message.Contains(secret), "{0} says: {1}",
                error.GetType().Name, error.Message);
        }
    }

    [Fact]
    public void No_ToString_and_no_debugger_display_prints_a_value()
    {
        var options = new SixtyfourClientOptions
        {
            ApiKey = TestClients.Key,
            Endpoint = new($"https://user:{TestClients.Key}@api.sixtyfour.test/?secret_query={TestClients.Key}"),
        };
        using var sixtyfour = new SixtyfourClient(TestClients.Key, new() { Endpoint = RegisteredClients.Endpoint });
        var found = Enrichment.Parse("""{"structured_data":{"title":"VP Engineering"},"notes":"Nadia Okafor"}""");
        var snapshot = new JobSnapshot { JobId = "job-1", Status = JobStatus.Failed, Error = "Nadia Okafor", Raw = found.StructuredData };
        var lead = new LeadInfo { Name = "Nadia Okafor", Email = "nadia@example.com", Company = "Example Robotics" };
        var issue = new FieldIssue { Name = "title", Kind = FieldIssueKind.Unreadable, Expected = "int", Raw = found.StructuredData };
        object[] shown =
        [
            options, sixtyfour, found, found["title"], found.ReadAs<Founder>(), snapshot, lead, issue, new LeadOptions { ResearchPlan = "Ask Nadia Okafor" },
            new RequestOptions { Headers = { ["x-secret"] = TestClients.Key } },
            new RawResponse(new(HttpStatusCode.OK, new Dictionary<string, string> { ["x"] = TestClients.Key }, 1), found.StructuredData),
        ];

        foreach (var value in shown)
        {
            foreach (var text in new[] { value.ToString()!, Display(value) })
            {
                s_personal.Append(TestClients.Key).Should().NotContain(secret => text.Contains(secret), "{0} shows: {1}", value.GetType().Name, text);
            }
        }
    }

    [Fact]
    public void Options_that_make_no_sense_can_still_be_printed()
    {
        new SixtyfourClientOptions { Endpoint = null! }.ToString().Should().Be("SixtyfourClientOptions for ");
        new SixtyfourClientOptions { Endpoint = new("/v2", UriKind.Relative) }.ToString().Should().Be("SixtyfourClientOptions for /v2");
    }

    private Task RunAsync(CapturedLog log) => _clock.RunAsync(Task.Run(() => CallAsync(log)));

    private async Task CallAsync(CapturedLog log)
    {
        var handler = new ScriptedHandler();
        var services = new ServiceCollection().LoggingTo(log);
        services.AddSixtyfour(o =>
        {
            (o.ApiKey, o.Endpoint) = (TestClients.Key, RegisteredClients.Endpoint);
            (o.Retry.MaxRetries, o.TimeProvider) = (1, _clock);
        }).SendsTo(handler);
        await using var provider = services.BuildServiceProvider();
        var sixtyfour = provider.GetRequiredService<ISixtyfourClient>();
        var token = TestContext.Current.CancellationToken;
        var lead = new LeadInfo { Name = "Nadia Okafor", Company = "Example Robotics", Email = "nadia@example.com" };

        handler.Answers("""{"structured_data":{"title":"VP Engineering"},"notes":"Nadia Okafor","charge_amount":10}""");
        await sixtyfour.Leads.EnrichAsync<Founder>(lead, cancellationToken: token);

        handler.Answers(HttpStatusCode.InternalServerError, s_echo).Answers("""{"task_id":"job-1","status":"pending"}""");
        var job = await sixtyfour.People.StartAsync<Founder>(lead, cancellationToken: token);
        handler.Answers("""{"status":"failed","task_type":"enrich_lead","error":"Nadia Okafor, nadia@example.com, was not found"}""");
        await ThrowsAsync(() => job.WaitAsync(token));
        handler.Answers("""{"status":"completed","result":{"structured_data":{"title":"VP Engineering"}}}""");
        await sixtyfour.Leads.GetJob<Founder>("job-2").WaitAsync(token);

        foreach (var status in new[] { 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503 })
        {
            handler.Answers((HttpStatusCode)status, s_echo);
            await ThrowsAsync(() => sixtyfour.Leads.EnrichAsync<Founder>(lead, new() { MaxRetries = 0 }, token));
        }

        handler.Answers(HttpStatusCode.OK, "<html>Nadia Okafor</html>");
        await ThrowsAsync(() => sixtyfour.Leads.EnrichAsync<Founder>(lead, cancellationToken: token));
        handler.Answers(HttpStatusCode.Redirect, "", ("Location", $"https://elsewhere.test/?secret_query={TestClients.Key}"));
        await ThrowsAsync(() => sixtyfour.Leads.EnrichAsync<Founder>(lead, cancellationToken: token));
        handler.Does((_, _) => throw new HttpRequestException("Nothing came"));
        await ThrowsAsync(() => sixtyfour.Leads.EnrichAsync<Founder>(lead, cancellationToken: token));
        handler.Answers("""{"status":"pending"}""");
        await ThrowsAsync(() => sixtyfour.Leads.StartAsync<Founder>(lead, cancellationToken: token));
        await ThrowsAsync(() => sixtyfour.Leads.EnrichAsync<Founder>(lead, new() { Headers = { ["x-api-key"] = TestClients.Key } }, token));
        await ThrowsAsync(() => sixtyfour.Leads.EnrichAsync<Founder>(lead, new() { Headers = { ["x-mine"] = $"{TestClients.Key}\r\n" } }, token));
    }

    private async Task ThrowsAsync(Func<Task> call) => _thrown.Add((await FluentActions.Awaiting(call).Should().ThrowAsync<Exception>()).Which);

    // Every text that can be reached from an exception through its properties, as a sink does that logs structured exceptions.
    private static List<string> Everything(object root)
    {
        var (texts, seen, open) = (new List<string>(), new HashSet<object>(ReferenceEqualityComparer.Instance), new Stack<object>([root]));
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (value is string text)
            {
                texts.Add(text);
            }
            else if (seen.Add(value))
            {
                foreach (var item in value is System.Collections.IEnumerable items ? items.Cast<object?>() : Properties(value))
                {
                    if (item is not null)
                    {
                        open.Push(item);
                    }
                }
            }
        }

        return texts;
    }

    private static IEnumerable<object?> Properties(object value) =>
        value is Exception || value.GetType().Namespace == "Sixtyfour" || value.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal)
            ? value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length is 0 && property.Name is not "TargetSite").Select(property => property.GetValue(value))
            : [value.ToString()];

    private static string Display(object value)
    {
        var display = value.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()?.Value ?? "{ToString()}";
        return System.Text.RegularExpressions.Regex.Replace(display, @"\{(\w+)(\(\))?(,nq)?\}", match => match.Groups[1].Value switch
        {
            "ToString" => value.ToString()!,
            var name => (value.GetType().GetProperty(name)?.GetValue(value) ?? value.GetType()
                .GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(value))?.ToString() ?? "",
        });
    }

    private sealed record Founder(string? Title);
}
