using System.Globalization;
using Sixtyfour.Http;
using Sixtyfour.Research;

namespace Sixtyfour.Bulk;

/// <summary>The settings of one call, read once when it begins: counting and sending take a while, and the caller may change the options meanwhile.</summary>
internal sealed class BulkCall
{
    public BulkCall(BulkKind kind, EnrichmentStruct fields, BulkOptions? options, decimal? maxCostCents, SixtyfourClientOptions client)
    {
        Kind = kind;
        Asked = [.. fields.Select(field => field.Key)];
        Config = BulkConfigJson.Write(fields, options, WebhookAddress.OrDefault(options?.WebhookUrl, client.WebhookUrl, nameof(options)));
        Price = BulkPrice.Of(kind, options, maxCostCents);
        Price.CheckCeilingHasPrice();
        Sending = options?.CopyForSending();
        // Refused before the file is counted, not when it is about to be sent.
        RequestMessage.Check(Sending);
        _ = CallLimits.For(TimeoutKind.Transfer, client, Sending);
    }

    public BulkKind Kind { get; }

    /// <summary>The names of the fields.</summary>
    public IReadOnlyList<string> Asked { get; }

    public ReadOnlyMemory<byte> Config { get; }

    public BulkPrice Price { get; }

    public RequestOptions? Sending { get; }

    /// <summary>The same settings, with no attempt beyond that time.</summary>
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

/// <summary>The <c>config</c> part of a submission.</summary>
internal static class BulkConfigJson
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "struct", "tier", "field_confidence", "webhook_url" };

    public static ReadOnlyMemory<byte> Write(EnrichmentStruct fields, BulkOptions? options, Uri? webhookUrl)
    {
        ResearchRequestJson.Check(fields);
        // Everything beyond ASCII is escaped, so bytes are characters.
        var json = RequestJson.Write(
            (fields, options, webhookUrl),
            static (writer, config) => ResearchRequestJson.Write(
                writer, config.fields, researchPlan: null, config.options?.Tier ?? default, config.options?.FieldConfidence is true, config.webhookUrl),
            Members,
            options);
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
}

/// <summary>People or companies.</summary>
/// <param name="Route">Where they are sent.</param>
/// <param name="DocumentedPrice">What the vendor says a row costs at a tier, in US cents.</param>
internal sealed record BulkKind(string Route, Func<Tier, decimal?> DocumentedPrice)
{
    public static BulkKind People { get; } = new("bulk-intelligence/people", DocumentedPrices.OfPerson);

    public static BulkKind Companies { get; } = new("bulk-intelligence/company", _ => DocumentedPrices.OfCompany);
}
