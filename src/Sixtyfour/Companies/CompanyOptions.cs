namespace Sixtyfour;

/// <summary>How a company is researched.</summary>
public class CompanyOptions : EnrichmentOptions
{
    /// <summary>Also finds people of the company. It can raise the charge; its price is not documented.</summary>
    /// <value>False. A call with a type for people always finds them.</value>
    public bool FindPeople { get; set; }

    /// <summary>Which people to find: role, seniority, department. Their score says how well they match.</summary>
    /// <value>None.</value>
    public string? PeopleFocus { get; set; }

    /// <summary>Finds the whole organization instead of a focused list, when people are found.</summary>
    /// <value>False.</value>
    public bool FullOrgChart { get; set; }

    /// <summary>What to find out about each person found, at most 100 fields.</summary>
    /// <value>
    /// <see langword="null"/>: the properties of the type for people; without such a type the service's own selection. Refused beside an
    /// <see cref="EnrichmentStruct{T}"/> for people, which names its fields already.
    /// </value>
    public EnrichmentStruct? PersonFields { get; set; }

    /// <summary>The <see cref="EnrichmentStruct{T}"/> for people of a typed call.</summary>
    internal object? TypedPersonFields { get; set; }

    internal override RequestOptions CopyForSending()
    {
        var copy = (CompanyOptions)base.CopyForSending();
        copy.PersonFields = PersonFields?.Copy();
        return copy;
    }
}

/// <summary>How the research of a company is started as a job.</summary>
public sealed class CompanyStartOptions : CompanyOptions
{
    /// <inheritdoc cref="LeadStartOptions.WebhookUrl"/>
    public Uri? WebhookUrl { get; set; }

    internal override Uri? StartWebhookUrl => WebhookUrl;
}
