using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour;

/// <summary>How a person or a company is researched.</summary>
public class EnrichmentOptions : RequestOptions
{
    /// <summary>How much research to pay for.</summary>
    /// <value><see langword="null"/>: nothing is sent, and the service takes <see cref="Sixtyfour.Tier.Low"/>.</value>
    public Tier? Tier { get; set; }

    /// <summary>Where and how the agent should look, in words.</summary>
    /// <value>None.</value>
    public string? ResearchPlan { get; set; }

    /// <summary>Asks for a confidence per field. Early access: organizations without it get none (vendor's field-confidence page).</summary>
    /// <value>False.</value>
    public bool FieldConfidence { get; set; }

    /// <summary>Where the service reports the end of the job: an absolute https address of at most 2,083 characters. For starts only.</summary>
    /// <value><see langword="null"/>: <see cref="SixtyfourClientOptions.WebhookUrl"/>, if any.</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Asks for these fields instead of the ones derived from the type.</summary>
    /// <value><see langword="null"/>: the fields come from the properties of the type.</value>
    public EnrichmentStruct? Fields { get; set; }

    /// <summary>Reads the type with this contract, just as it is, instead of the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/>.</summary>
    /// <value><see langword="null"/>: the client's.</value>
    public JsonTypeInfo? TypeInfo { get; set; }

    /// <summary>A copy with another contract; the caller's own options stay as they are.</summary>
    internal static EnrichmentOptions With(EnrichmentOptions? options, JsonTypeInfo typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var copy = options is null ? new() : (EnrichmentOptions)options.MemberwiseClone();
        copy.TypeInfo = typeInfo;
        return copy;
    }

    /// <summary>A copy of what concerns each call, so that changes the caller makes during a long run do not reach it.</summary>
    internal EnrichmentOptions Copy() => CopyTo(new EnrichmentOptions());

    private protected TOptions CopyTo<TOptions>(TOptions copy)
        where TOptions : EnrichmentOptions
    {
        copy.Tier = Tier;
        copy.ResearchPlan = ResearchPlan;
        copy.FieldConfidence = FieldConfidence;
        copy.WebhookUrl = WebhookUrl;
        copy.Fields = Fields?.Copy();
        copy.TypeInfo = TypeInfo;
        copy.AttemptTimeout = AttemptTimeout;
        copy.TotalTimeout = TotalTimeout;
        copy.MaxRetries = MaxRetries;
        copy.OnResponse = OnResponse;
        foreach (var header in Headers)
        {
            copy.Headers.Add(header);
        }

        foreach (var extra in ExtraProperties)
        {
            copy.ExtraProperties.Add(extra.Key, extra.Value?.DeepClone());
        }

        return copy;
    }
}
