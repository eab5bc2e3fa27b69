namespace Sixtyfour;

/// <summary>How a person or a company is researched: <see cref="LeadOptions"/> or <see cref="CompanyOptions"/>.</summary>
public abstract class EnrichmentOptions : RequestOptions
{
    /// <summary>How much research to pay for.</summary>
    /// <value><see langword="default"/>: nothing is sent, and the service takes <see cref="Sixtyfour.Tier.Low"/>.</value>
    public Tier Tier { get; set; }

    /// <summary>Instructions for the agent: where and how to search.</summary>
    /// <value>None.</value>
    public string? ResearchPlan { get; set; }

    /// <summary>Asks for a confidence per field. Early access: organizations without it get none (vendor's field-confidence page).</summary>
    /// <value>False.</value>
    public bool FieldConfidence { get; set; }

    /// <summary>The <see cref="EnrichmentStruct{T}"/> of a typed call: an extension method hands it through the interface here.</summary>
    internal object? TypedFields { get; set; }

    /// <summary>The webhook address, if these are the options of a start.</summary>
    internal virtual Uri? StartWebhookUrl => null;
}
