namespace Sixtyfour;

/// <summary>How the rows of a bulk file are researched. <see cref="RequestOptions.ExtraProperties"/> go into the <c>config</c> part.</summary>
/// <remarks>
/// One attempt of an upload has no limit as long as bytes move (<see cref="SixtyfourClientOptions.TransferIdleTimeout"/>); its answer is due within
/// <see cref="SixtyfourClientOptions.QuickAttemptTimeout"/> after the last byte. All attempts together may take 24 hours.
/// <see cref="RequestOptions.AttemptTimeout"/> and <see cref="RequestOptions.TotalTimeout"/> set limits of your own; in a run they apply to each file.
/// </remarks>
public class BulkOptions : RequestOptions
{
    /// <summary>How much research to pay for.</summary>
    /// <value><see langword="default"/>: nothing is sent, and the service takes <see cref="Sixtyfour.Tier.Low"/>.</value>
    public Tier Tier { get; set; }

    /// <summary>Asks for a confidence per field. Early access: organizations without it get none (vendor's field-confidence page).</summary>
    /// <value>False.</value>
    public bool FieldConfidence { get; set; }

    /// <summary>Where the service reports the end of the job: an absolute https address of at most 2,083 characters.</summary>
    /// <value><see langword="null"/>: <see cref="SixtyfourClientOptions.WebhookUrl"/>, if any.</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>What a row costs in your plan, in US cents.</summary>
    /// <value>
    /// <see langword="null"/>: the documented price, which is known for people at <see cref="Sixtyfour.Tier.Low"/> only: 10. More than zero, and at most
    /// 1,000,000,000.
    /// </value>
    public decimal? CentsPerRow { get; set; }

    /// <summary>The <see cref="EnrichmentStruct{T}"/> of a typed call: an extension method hands it through the interface here.</summary>
    internal object? TypedFields { get; set; }
}

/// <summary>How one file of people is researched, and what it may cost.</summary>
public sealed class BulkSubmitOptions : BulkOptions
{
    /// <summary>
    /// Identifies the submission: the same key again returns the job of its first use and costs nothing (vendor's bulk page). At most 255 printable ASCII
    /// characters.
    /// </summary>
    /// <value><see langword="null"/>: generated once per call and kept across its retries. Set one of your own to be safe across a crash as well.</value>
    public string? IdempotencyKey { get; set; }

    /// <summary>A ceiling in US cents: nothing is sent that could cost more, counted here as rows times <see cref="BulkOptions.CentsPerRow"/>.</summary>
    /// <value><see langword="null"/>: none. Not negative. Options such as <c>find_people</c> can bill more than any estimate.</value>
    public decimal? MaxCostCents { get; set; }
}

/// <summary>How the rows of a bulk file of companies are researched.</summary>
/// <remarks>
/// The members for people (<c>find_people</c>, <c>people_focus_prompt</c>, <c>lead_struct</c>, <c>full_org_chart</c>) can be sent through
/// <see cref="RequestOptions.ExtraProperties"/>.
/// </remarks>
public class CompanyBulkOptions : BulkOptions;

/// <summary>How one file of companies is researched, and what it may cost.</summary>
public sealed class CompanyBulkSubmitOptions : CompanyBulkOptions
{
    /// <inheritdoc cref="BulkSubmitOptions.IdempotencyKey"/>
    public string? IdempotencyKey { get; set; }

    /// <inheritdoc cref="BulkSubmitOptions.MaxCostCents"/>
    public decimal? MaxCostCents { get; set; }
}
