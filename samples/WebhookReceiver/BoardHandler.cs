using Sixtyfour;
using Sixtyfour.AspNetCore;

namespace WebhookReceiver;

/// <summary>Called for each verified event, once; the sender is told 200 when it returns.</summary>
internal sealed class BoardHandler(Board board) : ISixtyfourWebhookHandler
{
    public Task HandleAsync(WebhookEvent received, CancellationToken cancellationToken)
    {
        switch (received)
        {
            case JobCompletedEvent done:
                board.Ended(done.JobId, "completed", done.ReadEnrichment()["answer"].AsString() ?? "not found", done.DeliveryAttempt);
                break;
            case JobFailedEvent failed:
                board.Ended(failed.JobId, "failed", failed.Error ?? "no reason given", failed.DeliveryAttempt);
                break;
        }

        return Task.CompletedTask;
    }
}
