using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour;

/// <summary>How the rows of a bulk file are researched, and what they may cost. <see cref="RequestOptions.ExtraProperties"/> go into the <c>config</c> part.</summary>
/// <remarks>
/// One attempt of an upload has no limit as long as bytes move (<see cref="SixtyfourClientOptions.TransferIdleTimeout"/>); its answer is due within
/// <see cref="SixtyfourClientOptions.QuickAttemptTimeout"/> after the last byte. All attempts together may take 24 hours. <see cref="RequestOptions.AttemptTimeout"/>
/// and <see cref="RequestOptions.TotalTimeout"/> set limits of your own; of a run they hold for each of its files.
/// </remarks>
public class BulkOptions : RequestOptions
{
    /// <summary>Names the submission: the same key again answers with the job of its first use and costs nothing (vendor's bulk page). At most 255 printable ASCII characters.</summary>
    /// <value>
    /// <see langword="null"/>: made once per call and kept across its retries. Set one of your own to be safe across a crash as well. Of a run each file gets
    /// the key followed by <c>-</c> and its number in five digits, so 6 characters fewer are left.
    /// </value>
    public string? IdempotencyKey { get; set; }

    /// <summary>How much research to pay for.</summary>
    /// <value><see langword="null"/>: nothing is sent, and the service takes <see cref="Sixtyfour.Tier.Low"/>.</value>
    public Tier? Tier { get; set; }

    /// <summary>Asks for a confidence per field. Early access: organizations without it get none (vendor's field-confidence page).</summary>
    /// <value>False.</value>
    public bool FieldConfidence { get; set; }

    /// <summary>Where the service reports the end of the job: an absolute https address of at most 2,083 characters.</summary>
    /// <value><see langword="null"/>: <see cref="SixtyfourClientOptions.WebhookUrl"/>, if any.</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Takes the fields from this contract of the type, just as it is, instead of the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/>.</summary>
    /// <value><see langword="null"/>: the client's.</value>
    public JsonTypeInfo? TypeInfo { get; set; }

    /// <summary>
    /// A ceiling in US cents: nothing is sent that could cost more, counted here as rows times <see cref="CentsPerRow"/>. In a run what the service estimates for
    /// a file, and then what it charges, takes the place of that figure.
    /// </summary>
    /// <value><see langword="null"/>: none. Not negative. Options such as <c>find_people</c> can bill more than any estimate.</value>
    public decimal? MaxCostCents { get; set; }

    /// <summary>What a row costs in your plan, in US cents.</summary>
    /// <value><see langword="null"/>: the documented price, which is known for people at <see cref="Sixtyfour.Tier.Low"/> only: 10. More than zero, and at most 1,000,000,000.</value>
    public decimal? CentsPerRow { get; set; }

    /// <summary>
    /// For runs: how long the service is trusted to know an idempotency key. A file that was sent longer ago, and whose answer was lost, is not sent again but
    /// reported in a <see cref="BulkRunIncompleteException"/>.
    /// </summary>
    /// <value>24 hours; the vendor states none. More than zero.</value>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>For runs: told whenever a file has been submitted or is done, and in between how many rows the service has worked on; that takes one more request a look.</summary>
    /// <value>None.</value>
    public IProgress<BulkProgress>? Progress { get; set; }

    /// <summary>A copy with another contract; the caller's own options stay as they are.</summary>
    internal static TOptions With<TOptions>(TOptions? options, JsonTypeInfo typeInfo)
        where TOptions : BulkOptions, new()
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var copy = options is null ? new() : (TOptions)options.MemberwiseClone();
        copy.TypeInfo = typeInfo;
        return copy;
    }
}
