using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sixtyfour.IntegrationTests.Usage;

// The types of an application, as small as the scenarios need them.
public sealed record Founder(string? Title, int? Age);

internal static class Leads
{
    public static LeadInfo Nadia => new() { Name = "Nadia Okafor", Company = "Example Robotics" };
}

internal sealed record LeadRow(Guid Id, string Name, string Company)
{
    public string? JobId { get; init; }
}

internal sealed class LeadStore
{
    private readonly ConcurrentDictionary<Guid, LeadRow> _rows = new();
    private readonly Channel<LeadRow> _open = Channel.CreateUnbounded<LeadRow>();
    private readonly Channel<(Guid Id, string What)> _saved = Channel.CreateUnbounded<(Guid, string)>();

    public Guid Add(string name, string company)
    {
        var row = new LeadRow(Guid.NewGuid(), name, company);
        _rows[row.Id] = row;
        return row.Id;
    }

    public Task<LeadRow> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_rows[id]);
    }

    public async Task SaveJobIdAsync(Guid id, string jobId, CancellationToken cancellationToken)
    {
        var row = _rows.AddOrUpdate(id, _ => throw new KeyNotFoundException(), (_, known) => known with { JobId = jobId });
        await _open.Writer.WriteAsync(row, cancellationToken);
    }

    public async IAsyncEnumerable<LeadRow> WatchOpenJobsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _open.Reader.ReadAllAsync(cancellationToken))
        {
            yield return row;
        }
    }

    public Task SaveAsync(Guid id, Enrichment<Founder> found, CancellationToken cancellationToken) =>
        NoteAsync(id, $"found {found.Data.Title}", cancellationToken);

    public Task SaveFailureAsync(Guid id, string why, CancellationToken cancellationToken) => NoteAsync(id, $"failed: {why}", cancellationToken);

    public Task TryLaterAsync(Guid id, string why, CancellationToken cancellationToken) => NoteAsync(id, $"later: {why}", cancellationToken);

    public async Task<string> NextNoteAsync(Guid id, CancellationToken cancellationToken)
    {
        var (savedId, what) = await _saved.Reader.ReadAsync(cancellationToken);
        savedId.Should().Be(id);
        return what;
    }

    private async Task NoteAsync(Guid id, string what, CancellationToken cancellationToken) => await _saved.Writer.WriteAsync((id, what), cancellationToken);
}

internal sealed class Researcher(ILeadsClient leads)
{
    public async Task<string?> TitleOfAsync(string name, CancellationToken cancellationToken)
    {
        var job = await leads.StartAsync<Founder>(new() { Name = name, Company = "Example Robotics" }, cancellationToken: cancellationToken);
        return (await job.WaitAsync(cancellationToken)).Data.Title;
    }
}
