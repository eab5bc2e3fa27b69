namespace Sixtyfour;

/// <summary>How a company is researched.</summary>
public class CompanyOptions : EnrichmentOptions
{
    /// <summary>Finds people of the company, too. It can raise the charge; what it costs is not documented.</summary>
    /// <value>False. A call with a type for people finds them whatever is set here.</value>
    public bool FindPeople { get; set; }

    /// <summary>Whom to look for when people are found: role, seniority, department. Their score is how well they fit it.</summary>
    /// <value>None.</value>
    public string? PeopleFocus { get; set; }

    /// <summary>Finds the whole organization instead of a focused list, when people are found.</summary>
    /// <value>False.</value>
    public bool FullOrgChart { get; set; }

    /// <summary>What to find out about each person found, at most 100 fields.</summary>
    /// <value>
    /// <see langword="null"/>: the properties of the type for people; without such a type what the service gives by itself. Refused beside an
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
