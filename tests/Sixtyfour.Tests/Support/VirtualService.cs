using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Support;

/// <summary>Starts jobs and tells where they stand, on a clock the test owns. What it does with a lead or a company is decided by the name.</summary>
internal sealed class VirtualService(FakeClock clock) : HttpMessageHandler
{
    private readonly Dictionary<string, (string Name, DateTimeOffset Ends)> _jobs = new(StringComparer.Ordinal);
    private readonly List<string> _looks = [];

    /// <summary>How long the job of a lead runs.</summary>
    public Func<string, TimeSpan> RunTime { get; set; } = _ => TimeSpan.FromMinutes(2);

    /// <summary>Those of leads that have one of their own.</summary>
    public ConcurrentDictionary<string, TimeSpan> RunTimes { get; } = new();

    /// <summary>What a start is answered with instead of an id; null for an id.</summary>
    public Func<string, (HttpStatusCode Status, string Body)?> Refuses { get; set; } = _ => null;

    /// <summary>How the job of a lead ends.</summary>
    public Func<string, string> Status { get; set; } = _ => "completed";

    public Func<string, decimal?> Charge { get; set; } = _ => 10;

    /// <summary>What a look is answered with instead of the status.</summary>
    public Func<string, HttpStatusCode?> LookFails { get; set; } = _ => null;

    /// <summary>Before a start is answered, its id given out already.</summary>
    public Func<string, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a start is answered with once its id was given out.</summary>
    public Func<string, string, HttpResponseMessage> StartAnswer { get; set; } = (_, id) => ScriptedHandler.Response(
        HttpStatusCode.OK, $$"""{"task_id": "{{id}}", "status": "pending"}""");

    /// <summary>What is done to every answer, such as putting headers on it.</summary>
    public Action<HttpResponseMessage> Touch { get; set; } = _ => { };

    public TimeSpan Latency { get; set; }

    public List<string> IdsGivenOut { get; } = [];

    public List<string> Starts { get; } = [];

    public List<DateTimeOffset> Arrivals { get; } = [];

    /// <summary>What arrived, in this order.</summary>
    public List<(DateTimeOffset At, string What)> Received { get; } = [];

    public int OpenAtMost { get; private set; }

    public bool WasLookedAt(string id)
    {
        lock (_jobs)
        {
            return _looks.Contains(id);
        }
    }

    public DateTimeOffset EndOf(string id)
    {
        lock (_jobs)
        {
            return _jobs[id].Ends;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, clock, cancellationToken);
        }

        lock (_jobs)
        {
            Arrivals.Add(clock.GetUtcNow());
        }

        var answer = request.Method == HttpMethod.Post ? await StartAsync(body) : Look(request.RequestUri!.Segments[^1]);
        Touch(answer);
        return answer;
    }

    private async Task<HttpResponseMessage> StartAsync(string body)
    {
        using var json = JsonDocument.Parse(body);
        var name = json.RootElement.TryGetProperty("lead_info", out var lead)
            ? lead.GetProperty("name").GetString()!
            : json.RootElement.GetProperty("target_company").GetProperty("company_name").GetString()!;
        lock (_jobs)
        {
            Received.Add((clock.GetUtcNow(), $"start of {name}"));
        }

        if (Refuses(name) is { } refusal)
        {
            return ScriptedHandler.Response(refusal.Status, refusal.Body);
        }

        string id;
        lock (_jobs)
        {
            id = $"job-{_jobs.Count}";
            _jobs.Add(id, (name, clock.GetUtcNow() + (RunTimes.TryGetValue(name, out var own) ? own : RunTime(name))));
            OpenAtMost = Math.Max(OpenAtMost, _jobs.Count(job => job.Value.Ends > clock.GetUtcNow()));
            IdsGivenOut.Add(id);
            Starts.Add(name);
        }

        await BeforeAnswer(name);
        return StartAnswer(name, id);
    }

    private HttpResponseMessage Look(string id)
    {
        lock (_jobs)
        {
            _looks.Add(id);
            Received.Add((clock.GetUtcNow(), $"poll of {id}"));
            var (name, ends) = _jobs.TryGetValue(id, out var job) ? job : (id, DateTimeOffset.MinValue);
            if (LookFails(name) is { } failure)
            {
                return ScriptedHandler.Response(failure, "{}");
            }

            if (ends > clock.GetUtcNow())
            {
                return ScriptedHandler.Response(HttpStatusCode.OK, """{"status": "running"}""");
            }

            var charge = Charge(name) is { } cents ? $", \"charge_amount\": {cents}" : "";
            return ScriptedHandler.Response(
                HttpStatusCode.OK, $$"""{"status": "{{Status(name)}}"{{charge}}, "error": "told so","""
                    + $$""" "result": {"structured_data": {"title": "Title of {{name}}"}, "notes": "", "findings": [], "references": {} } }""");
        }
    }
}
