using Sixtyfour.Http;
using Sixtyfour.Http.RateLimiting;

namespace Sixtyfour.Jobs;

/// <summary>A start that waits until the schedule lets it go.</summary>
internal sealed class StartTurn() : TaskCompletionSource<SendPermit>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Its place in the queue; null once it has left.</summary>
    public LinkedListNode<StartTurn>? Place { get; set; }
}
