using Sixtyfour;

namespace WebhookReceiver;

/// <summary>Starts one job for each question.</summary>
internal sealed class Questions(ILeadsClient leads, Board board)
{
    private static readonly string[] All = ["Current job title", "City of work", "Employer's website", "University degree", "Years of experience"];
    private int _asked;

    public async Task AskAllAsync(Uri webhookUrl, CancellationToken cancellationToken)
    {
        foreach (var _ in All)
        {
            await AskNextAsync(webhookUrl, cancellationToken);
        }
    }

    public async Task AskNextAsync(Uri webhookUrl, CancellationToken cancellationToken)
    {
        var question = All[(Interlocked.Increment(ref _asked) - 1) % All.Length];
        var job = await leads.StartAsync(
            new LeadInfo { Name = "Nadia Okafor", Company = "Example Robotics" },
            new EnrichmentStruct { ["answer"] = question },
            new() { WebhookUrl = webhookUrl },
            cancellationToken);
        board.Started(job.Id, question);
    }
}
