using System.Globalization;
using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Research;

namespace Sixtyfour.Bulk;

/// <summary>One call as the caller wants it, read once, when it begins: counting and sending take long, and options may change meanwhile.</summary>
internal sealed class BulkCall
{
    public BulkCall(BulkKind kind, EnrichmentStruct fields, BulkOptions? options, decimal? maxCostCents, SixtyfourClientOptions client)
    {
        Kind = kind;
        Asked = [.. fields.Select(field => field.Key)];
        Config = BulkConfigJson.Write(fields, options, options?.WebhookUrl ?? client.WebhookUrl);
        Price = BulkPrice.Of(kind, options, maxCostCents);
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

/// <summary>The <c>config</c> part. What is not set is not sent: the service has its own defaults.</summary>
internal static class BulkConfigJson
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "struct", "tier", "field_confidence", "webhook_url" };

    public static ReadOnlyMemory<byte> Write(EnrichmentStruct fields, BulkOptions? options, Uri? webhookUrl)
    {
        if (fields.Count is 0)
        {
            throw new ArgumentException("There is nothing to find out: name at least one field.", nameof(fields));
        }

        if (webhookUrl is not null && WebhookAddress.Problem(webhookUrl) is { } problem)
        {
            throw new ArgumentException($"{nameof(BulkOptions.WebhookUrl)} {problem}", nameof(options));
        }

        // Everything beyond ASCII is escaped, so bytes are characters.
        var json = RequestJson.Write((fields, options, webhookUrl), WriteMembers, Members, options);
        return json.Length <= BulkLimits.MaxConfigCharacters
            ? json
            : throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The configuration of the bulk file has {0:N0} characters: the service takes at most {1:N0}. Shorten the descriptions of the fields.",
                    json.Length,
                    BulkLimits.MaxConfigCharacters),
                nameof(fields));
    }

    private static void WriteMembers(Utf8JsonWriter writer, (EnrichmentStruct Fields, BulkOptions? Options, Uri? WebhookUrl) config)
    {
        writer.WritePropertyName("struct");
        config.Fields.WriteTo(writer);
        if (config.Options?.Tier is { Value.Length: > 0 } tier)
        {
            writer.WriteString("tier", tier.Value);
        }

        if (config.Options?.FieldConfidence is true)
        {
            writer.WriteBoolean("field_confidence", true);
        }

        if (config.WebhookUrl is { } webhookUrl)
        {
            writer.WriteString("webhook_url", webhookUrl.AbsoluteUri);
        }
    }
}

/// <summary>What the rows are about.</summary>
/// <param name="Route">Where they are sent.</param>
/// <param name="DocumentedPrice">What the vendor says a row costs at a tier, in US cents.</param>
internal sealed record BulkKind(string Route, Func<Tier, decimal?> DocumentedPrice)
{
    public static BulkKind People { get; } = new("bulk-intelligence/people", DocumentedPrices.OfPerson);

    public static BulkKind Companies { get; } = new("bulk-intelligence/company", _ => DocumentedPrices.OfCompany);
}
