namespace Sixtyfour.Emulator.Webhooks;

/// <summary>An event before it is delivered.</summary>
/// <param name="EventId">The same for each attempt.</param>
/// <param name="EventType">The routing hint, such as <c>enrich_lead</c>.</param>
/// <param name="JobId">The job that it reports.</param>
/// <param name="Path">The path the job was started at, which is what faults are chosen by.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Body">What is sent, the same bytes at each attempt.</param>
internal sealed record WebhookMessage(string EventId, string EventType, string JobId, string Path, Uri Target, ReadOnlyMemory<byte> Body)
{
    /// <summary>Says what was not signed for: one letter of the body is another.</summary>
    public WebhookMessage Corrupted()
    {
        var body = Body.ToArray();
        var letter = Array.FindIndex(body, body.Length / 2, value => char.IsAsciiLetter((char)value));
        body[letter < 0 ? body.Length - 1 : letter] ^= 1;
        return this with { Body = body };
    }

    public override string ToString() => $"{EventType} of job {JobId}";
}
