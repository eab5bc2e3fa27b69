using Sixtyfour.Http;

namespace Sixtyfour.Bulk;

/// <summary>One call as the caller wants it, read once, when it begins: counting and sending take long, and options may change meanwhile.</summary>
internal sealed class BulkCall
{
    public BulkCall(BulkKind kind, EnrichmentStruct fields, BulkOptions? options, SixtyfourClientOptions client)
    {
        Kind = kind;
        Asked = [.. fields.Select(field => field.Key)];
        Config = BulkConfigJson.Write(fields, options, options?.WebhookUrl ?? client.WebhookUrl);
        IdempotencyKey = Idempotency.Check(options?.IdempotencyKey);
        Price = BulkPrice.Of(kind, options);
        Price.CheckThatCeilingCanBeKept();
        Sending = options?.CopyForSending();
        // What would be refused when the file is about to leave is better refused before it is counted.
        RequestMessage.Check(Sending);
        _ = CallLimits.For(TimeoutKind.Transfer, client, Sending);
    }

    public BulkKind Kind { get; }

    /// <summary>The names of what to find out.</summary>
    public IReadOnlyList<string> Asked { get; }

    public ReadOnlyMemory<byte> Config { get; }

    /// <summary>The caller's.</summary>
    public string? IdempotencyKey { get; }

    public BulkPrice Price { get; }

    public RequestOptions? Sending { get; }

    /// <summary>The same, with no attempt beyond that time.</summary>
    /// <param name="time">More than zero.</param>
    public RequestOptions SendingWithin(TimeSpan time)
    {
        var sending = (Sending ?? new()).CopyForSending();
        var total = sending.TotalTimeout ?? Max(sending.AttemptTimeout, CallLimits.TransferTotal);
        sending.TotalTimeout = time < total ? time : total;
        return sending;
    }

    private static TimeSpan Max(TimeSpan? one, TimeSpan other) => one > other ? one.Value : other;
}
