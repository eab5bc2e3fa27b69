namespace Sixtyfour.AspNetCore;

/// <summary>What your application does with an event. Registered for an endpoint with <c>MapSixtyfourWebhook&lt;THandler&gt;</c>.</summary>
/// <remarks>
/// Made anew for each event, in a scope of its own; it need not be registered as a service. An event is handled once in one process. Across processes, and
/// after a crash, it may come again: make storing the same event twice harmless.
/// </remarks>
public interface ISixtyfourWebhookHandler
{
    /// <summary>Handles a verified event. Returning says that it is safe: the sender is told 200 and forgets it. Throwing makes the sender try again.</summary>
    /// <param name="received">
    /// A <see cref="JobCompletedEvent"/>, <see cref="JobFailedEvent"/>, <see cref="BulkCompletedEvent"/>, <see cref="WorkflowEvent"/>, or a plain
    /// <see cref="WebhookEvent"/> for kinds not known here: return for those you do not need.
    /// </param>
    /// <param name="cancellationToken">
    /// Fires 8 seconds after the delivery arrived, because the sender gives up after 10: the sender is then told 500 and tries again. What takes longer
    /// belongs in a queue, with the event's job id.
    /// </param>
    Task HandleAsync(WebhookEvent received, CancellationToken cancellationToken);
}
