using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Proxy;
using Sixtyfour.FaultCampaign.Sdk;
using Sixtyfour.Testing;

namespace Sixtyfour.FaultCampaign.Cases;

/// <summary>One user with one client: what is asked for is drawn from the seed, what is told goes into the books.</summary>
internal sealed partial class Case : IAsyncDisposable
{
    /// <summary>How long a user waits for a job, on the emulator's clock: four seconds of real time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly Service _service;
    private readonly FaultPlan _plan;
    private readonly Tally _tally;
    private readonly List<FaultingProxy> _proxies = [];
    private readonly List<Client> _clients = [];
    private readonly List<CapturedLog> _logs = [];

    public Case(int seed, int number, Service service, Tally tally)
    {
        (Number, _service, _tally) = (number, service, tally);
        _plan = new(seed, number);
        Dice = FaultCampaign.Dice.For(seed, number, "case");
    }

    public int Number { get; }

    /// <summary>For what is drawn before anything runs, and only there.</summary>
    public Random Dice { get; }

    public CaseBooks Books { get; } = new();

    /// <summary>What is done here, for the table.</summary>
    public string Operation { get; set; } = "";

    /// <summary>What the case may cost at most.</summary>
    public int? CeilingCents { get; set; }

    public List<Finding> Findings { get; } = [];

    public Feature DrawFeature() => (Feature)Dice.Next(3);

    public string Token(int index) => $"P{Number}x{index}";

    public IReadOnlyList<string> Tokens(int count) => [.. Enumerable.Range(0, count).Select(Token)];

    public Client NewClient()
    {
        var client = new Client(_service, NewProxy(before: null).Address);
        _clients.Add(client);
        _logs.Add(client.Log);
        return client;
    }

    public BulkRuns NewRuns()
    {
        // A journal is kept to its endpoint.
        var runs = new BulkRuns(_service, NewProxy(_proxies.LastOrDefault()).Address);
        _logs.Add(runs.Log);
        return runs;
    }

    private FaultingProxy NewProxy(FaultingProxy? before)
    {
        var proxy = new FaultingProxy(_service, _plan, Books, _tally, before);
        _proxies.Add(proxy);
        return proxy;
    }

    /// <summary>Ends the life of all clients so far, as a power failure would.</summary>
    public void Kill()
    {
        _tally.Kill();
        _proxies.ForEach(proxy => proxy.Kill());
        foreach (var charge in Books.Charges.Where(charge => !Books.Said.Any(said => said.JobId == charge.JobId)))
        {
            charge.IsCutOffByKill = true;
        }
    }

    /// <summary>Does something for an input and notes what came of it; null when that was an exception.</summary>
    public async Task<T?> TellAsync<T>(string? token, Func<Task<T>> act)
        where T : class
    {
        try
        {
            return await act();
        }
        catch (Exception failure)
        {
            Note(token, failure);
            return null;
        }
    }

    /// <param name="token">The input; null for the whole run.</param>
    /// <param name="failure">What was thrown.</param>
    /// <param name="chargesBefore">How many charges of the input there were before the call.</param>
    /// <param name="chargesUntil">How many there are now, where the input will be sent again.</param>
    public void Note(string? token, Exception failure, int chargesBefore = 0, int chargesUntil = int.MaxValue)
    {
        (failure as BulkRunIncompleteException)?.Completed.Dispose();
        var said = Sayings.Of(token, failure);
        foreach (var one in said)
        {
            Books.Told(one with { ChargesBefore = chargesBefore, ChargesUntil = chargesUntil });
        }

        if (said.Count is 0 && !(failure is ObjectDisposedException && Operation.Contains("disposed", StringComparison.Ordinal)))
        {
            Findings.Add(new(Number, Verdict.UnexpectedException, Operation, $"{failure.GetType().Name}: {failure.Message}"));
        }
    }

    /// <summary>Notes a result, and checks that it is the one of this input.</summary>
    public void NoteResult(string token, string? jobId, string? title, string how)
    {
        Books.Told(new(token, SaidKind.Result, jobId, how));
        if (title != Service.TitleOf(token))
        {
            var faults = Books.Charges.Where(charge => charge.Token == token).Select(charge => charge.Fault).Distinct();
            Findings.Add(new(Number, Verdict.WrongResult, Operation, $"{how} is '{title}' under {string.Join(" + ", faults)}"));
        }
    }

    /// <summary>Lets what is still under way come to its end: what was sent before a kill may be charged after it.</summary>
    public async Task SettleAsync()
    {
        for (var begun = Environment.TickCount64; _proxies.Any(proxy => !proxy.IsIdle) && Environment.TickCount64 - begun < 5_000;)
        {
            await Task.Delay(2);
        }
    }

    /// <summary>Takes the log into the books when nothing is under way, and compares.</summary>
    public async Task CloseAsync()
    {
        await SettleAsync();

        // The answers are on their way through the client now, which may be slow to log what it has been left with.
        await Task.Delay(Books.Charges.Any(charge => charge.IdDelivered && !Books.Said.Any(said => said.JobId == charge.JobId)) ? 400 : 10);
        foreach (var line in _logs.SelectMany(log => log.Lines).Where(line => line.Level >= LogLevel.Warning))
        {
            NoteLog(line);
        }

        Findings.AddRange(Auditor.Audit(Number, Operation, Books, CeilingCents));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }
    }

    // The warnings of a run name a job by its id, or an input by its position.
    private void NoteLog(LogLine line)
    {
        var text = $"{line.Message} {line.Values}";
        foreach (var charge in Books.Charges.Where(charge => charge.JobId is not null && text.Contains(charge.JobId, StringComparison.Ordinal)))
        {
            Books.Told(new(charge.Token, SaidKind.Id, charge.JobId, $"log {line.Id}"));
        }

        if (Position().Match(line.Values) is { Success: true } position)
        {
            Books.Told(new($"P{Number}x{position.Groups[1].Value}", SaidKind.Doubt, null, $"log {line.Id}"));
        }
    }

    [GeneratedRegex("Index=([0-9]+)")]
    private static partial Regex Position();
}
