namespace Sixtyfour.FaultCampaign.Proxy;

/// <summary>What kind of request it is, which decides what can go wrong with it.</summary>
internal enum Step
{
    Call,
    Start,
    Submission,
    Poll,
    Download,
}

/// <summary>
/// Which fault strikes which request of a case. The n-th request about one input gets the same fault in every run with the same seed, however the threads
/// are scheduled.
/// </summary>
internal sealed class FaultPlan
{
    private static readonly ProxyFault[] Broken =
    [
        new(FaultStage.ResetBehindRequest, "reset behind request, not run") { Weight = 3 },
        new(FaultStage.RunThenLose, "lost answer: reset, run") { Weight = 4, Reset = true },
        new(FaultStage.RunThenLose, "lost answer: closed, run") { Weight = 4 },
        new(FaultStage.CutInHead, "cut in head, run") { Weight = 3 },
        new(FaultStage.CutInHead, "reset in head, run") { Weight = 1, Reset = true },
        new(FaultStage.CutInBody, "cut in body, run") { Weight = 3 },
        new(FaultStage.CutInBody, "cut behind the id, run") { Weight = 3, BehindId = true },
        new(FaultStage.CutInBody, "reset in body, run") { Weight = 1, Reset = true },
        new(FaultStage.CutWithoutLength, "cut without length, run") { Weight = 2 },
        new(FaultStage.CutWithoutLength, "cut without length behind the id, run") { Weight = 2, BehindId = true },
        new(FaultStage.Drip, "dripped, run") { Weight = 4 },
        new(FaultStage.EmptyBody, "200 without body, run"),
        new(FaultStage.CloseBehindAnswer, "closed while idle") { Weight = 8 },
        new(FaultStage.DeliverTwice, "delivered twice") { Weight = 3 },
    ];

    // Each holds up its case for the whole limit of an attempt.
    private static readonly ProxyFault[] Slow =
    [
        new(FaultStage.HangWithoutRunning, "hung, not run"),
        new(FaultStage.RunThenHang, "hung, run"),
    ];

    private static readonly ProxyFault[] Passing =
    [
        Answers(429, 5), Answers(429, 5, "2"), Answers(500, 6), Answers(502, 2), Answers(503, 2), Answers(503, 2, "1"), Answers(504, 2), Answers(408),
    ];

    private static readonly ProxyFault[] PassingAfterTheWork = [Runs(500, 8), Runs(502, 3), Runs(503, 2), Runs(504, 3), Runs(408)];

    // What the service documents as refusals: it never answers so after it has done the work, and this proxy does not either.
    private static readonly ProxyFault[] Refusals =
    [
        Answers(400), Answers(401), Answers(402, 3), Answers(403), Answers(404), Answers(409), Answers(413), Answers(422, 2), Answers(501), Answers(505),
        new(FaultStage.AnswerWithoutRunning, "web page with 200, not run") { Status = 200, Body = "<!doctype html><title>Sign in</title>" },
        new(FaultStage.AnswerWithoutRunning, "redirect, not run") { Status = 307, Location = "http://127.0.0.1:9/elsewhere" },
    ];

    private static readonly ProxyFault[] OddStarts =
    [
        Odd("id as taskId, run", """{"taskId":"{id}","status":"RUNNING"}"""),
        Odd("id inside data, run", """{"data":{"task_id":"{id}"},"status":"RUNNING"}"""),
        Odd("id in a list of one, run", """[{"task_id":"{id}","status":"RUNNING"}]"""),
        Odd("row_count NaN, run", """{"task_id":"{id}","status":"RUNNING","row_count":NaN}"""),
        Odd("status of another type, run", """{"task_id":"{id}","status":{"code":7},"row_count":"many"}"""),
    ];

    private static readonly ProxyFault[] OddResults =
    [
        Odd("error inside a 200, run", """{"error":"The agent crashed"}"""),
        Odd("empty object with 200, run", "{}"),
    ];

    private static readonly ProxyFault[] ForPaid = [.. Broken, .. Slow, .. Passing, .. PassingAfterTheWork, .. Refusals];
    private static readonly ProxyFault[] ForStarts = [.. ForPaid, .. OddStarts];
    private static readonly ProxyFault[] ForCalls = [.. ForPaid, .. OddResults];
    private static readonly ProxyFault[] ForReads = [.. Broken, .. Passing, Answers(401), Answers(403), Answers(404)];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _seen = [];
    private readonly int _seed;
    private readonly int _case;

    public FaultPlan(int seed, int number)
    {
        (_seed, _case) = (seed, number);
        Rate = Dice.For(seed, number, "rate").NextDouble() switch { < 0.1 => 0, < 0.4 => 0.12, < 0.75 => 0.35, _ => 0.65 };
    }

    /// <summary>The share of paid requests that something happens to.</summary>
    public double Rate { get; }

    /// <summary>Whether the connection that just came is reset before anything is read from it.</summary>
    public bool ResetsOnAccept() => Next("connection").NextDouble() < Rate * 0.1;

    public bool ResetsBehindHead(Step step) => Next($"head {step}").NextDouble() < Rate * 0.05;

    public ProxyFault For(Step step, string about)
    {
        var dice = Next($"{step} {about}");
        var rate = step is Step.Poll or Step.Download ? Rate * 0.5 : Rate;
        return dice.NextDouble() >= rate ? ProxyFault.None : Pick(
            step switch
            {
                Step.Poll or Step.Download => ForReads,
                Step.Call => ForCalls,
                _ => ForStarts,
            },
            dice);
    }

    /// <summary>Whether the job that was just started will fail.</summary>
    public bool FailsTheJob(string about) => Next($"failure {about}").NextDouble() < 0.03;

    private static ProxyFault Pick(ProxyFault[] faults, Random dice)
    {
        var left = dice.Next(faults.Sum(fault => fault.Weight));
        return faults.First(fault => (left -= fault.Weight) < 0);
    }

    private static ProxyFault Answers(int status, int weight = 1, string? retryAfter = null) =>
        new(FaultStage.AnswerWithoutRunning, $"{status}{(retryAfter is null ? "" : " with Retry-After")}, not run")
        {
            Status = status,
            RetryAfter = retryAfter,
            Weight = weight,
        };

    private static ProxyFault Runs(int status, int weight = 1) => new(FaultStage.RunThenAnswer, $"{status}, run") { Status = status, Weight = weight };

    private static ProxyFault Odd(string name, string template) => new(FaultStage.OddAnswer, name) { Template = template };

    private Random Next(string what)
    {
        int count;
        lock (_gate)
        {
            count = _seen[what] = _seen.GetValueOrDefault(what) + 1;
        }

        return Dice.For(_seed, _case, $"{what} {count}");
    }
}
