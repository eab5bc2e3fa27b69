namespace Sixtyfour.AspNetCore;

/// <summary>What your application does with an event. Registered for an endpoint with <c>MapSixtyfourWebhook&lt;THandler&gt;</c>.</summary>
/// <remarks>
/// Created for each event, in its own scope; it need not be registered as a service. An event is handled once in one process. Across processes, and
/// after a crash, it may come again: make storing the same event twice harmless.
/// </remarks>
public interface ISixtyfourWebhookHandler
{
    /// <summary>Handles a verified event. After a return the sender gets 200 and forgets the event; after an exception it gets 500 and tries again.</summary>
    /// <param name="received">
    /// A <see cref="JobCompletedEvent"/>, <see cref="JobFailedEvent"/>, <see cref="BulkCompletedEvent"/>, <see cref="WorkflowEvent"/>, or a plain
    /// <see cref="WebhookEvent"/> for unknown kinds: return for those you do not need.
    /// </param>
    /// <param name="cancellationToken">
    /// Fires 8 seconds after the delivery arrived, because the sender gives up after 10: the sender then gets 500 and tries again. Put longer
    /// work into a queue, with the event's job id.
    /// </param>
    Task HandleAsync(WebhookEvent received, CancellationToken cancellationToken);
}
