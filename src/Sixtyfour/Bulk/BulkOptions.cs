namespace Sixtyfour;

/// <summary>How the rows of a bulk file are researched. <see cref="RequestOptions.ExtraProperties"/> go into the <c>config</c> part.</summary>
/// <remarks>
/// One attempt of an upload has no limit as long as bytes move (<see cref="SixtyfourClientOptions.TransferIdleTimeout"/>); its answer is due within
/// <see cref="SixtyfourClientOptions.QuickAttemptTimeout"/> after the last byte. All attempts together may take 24 hours. <see cref="RequestOptions.AttemptTimeout"/>
/// and <see cref="RequestOptions.TotalTimeout"/> set limits of your own; of a run they hold for each of its files.
/// </remarks>
public class BulkOptions : RequestOptions
{
    /// <summary>How much research to pay for.</summary>
    /// <value>Unspecified: nothing is sent, and the service takes <see cref="Sixtyfour.Tier.Low"/>.</value>
    public Tier Tier { get; set; }

    /// <summary>Asks for a confidence per field. Early access: organizations without it get none (vendor's field-confidence page).</summary>
    /// <value>False.</value>
    public bool FieldConfidence { get; set; }

    /// <summary>Where the service reports the end of the job: an absolute https address of at most 2,083 characters.</summary>
    /// <value><see langword="null"/>: <see cref="SixtyfourClientOptions.WebhookUrl"/>, if any.</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>What a row costs in your plan, in US cents.</summary>
    /// <value><see langword="null"/>: the documented price, which is known for people at <see cref="Sixtyfour.Tier.Low"/> only: 10. More than zero, and at most 1,000,000,000.</value>
    public decimal? CentsPerRow { get; set; }

    /// <summary>What a typed call was given to find out; null derives it from the type.</summary>
    internal object? Asked { get; set; }

    /// <summary>A copy that asks for these fields; the caller's own options stay as they are.</summary>
    internal static TOptions With<TOptions, T>(TOptions? options, EnrichmentStruct<T> fields)
        where TOptions : BulkOptions, new()
    {
        ArgumentNullException.ThrowIfNull(fields);
        var copy = options is null ? new() : (TOptions)options.MemberwiseClone();
        copy.Asked = fields;
        return copy;
    }
}
