using System.Collections.Concurrent;
using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Cases;
using Sixtyfour.FaultCampaign.Proxy;

namespace Sixtyfour.FaultCampaign;

/// <summary>Runs cases side by side until enough paid calls were charged.</summary>
internal sealed class Campaign
{
    private const int SideBySide = 16;

    // The longest case waits a few times for its whole patience; on a busy machine that may take long.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private static readonly (int Weight, Func<Case, Task> RunAsync)[] Kinds =
    [
        (4, SingleCases.CallsAsync), (4, SingleCases.JobsAsync), (3, ManyCases.RunAsync), (2, BulkCases.SubmissionAsync), (2, BulkCases.RunAsync),
    ];

    private readonly ConcurrentQueue<Finding> _findings = new();
    private readonly ConcurrentDictionary<string, int> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _told = new(StringComparer.Ordinal);
    private readonly TextWriter _details;
    private int _cases;

    private readonly int _seed;
    private readonly Service _service;

    /// <param name="seed">What all is drawn from.</param>
    /// <param name="service">What is asked.</param>
    /// <param name="details">Gets each case with a finding.</param>
    public Campaign(int seed, Service service, TextWriter details) => (_seed, _service, _details) = (seed, service, TextWriter.Synchronized(details));

    public Tally Tally { get; } = new();

    public IReadOnlyCollection<Finding> Findings => _findings;

    public IReadOnlyDictionary<string, int> Operations => _operations;

    /// <summary>What users were told, with and without a charge behind it.</summary>
    public IReadOnlyDictionary<string, int> Told => _told;

    public int Cases => Volatile.Read(ref _cases);

    public Task RunAsync(int calls)
    {
        var number = 0;
        return Task.WhenAll(Enumerable.Range(0, SideBySide).Select(_ => Task.Run(async () =>
        {
            while (Tally.Charges < calls)
            {
                await RunCaseAsync(Interlocked.Increment(ref number), log: null);
            }
        })));
    }

    /// <summary>Runs one case, as in every campaign with this seed.</summary>
    /// <param name="number">The case.</param>
    /// <param name="log">Gets what was exchanged, charged and told.</param>
    public async Task RunCaseAsync(int number, TextWriter? log)
    {
        Interlocked.Increment(ref _cases);
        await using var user = new Case(_seed, number, _service, Tally);
        var left = user.Dice.Next(Kinds.Sum(kind => kind.Weight));
        var kind = Kinds.First(kind => (left -= kind.Weight) < 0);
        try
        {
            await kind.RunAsync(user).WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            user.Findings.Add(new(number, Verdict.Hung, user.Operation, $"after {Longest.TotalSeconds} s; {user.Books.Exchanges.Count} exchanges"));
        }

        await user.CloseAsync();
        _operations.AddOrUpdate(user.Operation, 1, (_, count) => count + 1);
        user.Findings.ForEach(_findings.Enqueue);
        foreach (var said in user.Books.Said)
        {
            var isCharged = said.Token is not null && user.Books.Charges.Any(charge => charge.Token == said.Token);
            _told.AddOrUpdate(
                $"{said.Kind}: {said.How}{(said.Token is null ? ", of a whole run" : isCharged ? ", charged" : ", not charged")}", 1, (_, count) => count + 1);
        }

        if (log is null && user.Findings.Count > 0)
        {
            // Told at once: what needs a race may not show again.
            log = _details;
        }

        if (log is not null)
        {
            await WriteAsync(user, log);
        }
    }

    private static async Task WriteAsync(Case user, TextWriter log)
    {
        var lines = user.Books.Exchanges.Concat(user.Books.Charges.Select(charge => $"{charge}")).Concat(user.Books.Said.Select(said => $"{said}"))
            .Concat(user.Findings.Select(finding => $"=> {finding.Signature}"));
        await log.WriteLineAsync(string.Join("\n  ", lines.Prepend($"Case {user.Number}: {user.Operation}")));
    }
}
