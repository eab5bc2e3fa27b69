namespace Sixtyfour;

/// <summary>
/// The Sixtyfour API, one property a feature; each feature interface can also be injected by itself. For calling and faking, not for implementing: it may
/// gain members in a minor version.
/// </summary>
public interface ISixtyfourClient
{
    /// <summary>Researches a person under the older name <c>/enrich-lead</c>.</summary>
    ILeadsClient Leads { get; }

    /// <summary>Researches a person under the current name <c>/people-intelligence</c>.</summary>
    IPeopleClient People { get; }

    /// <summary>Researches a company, and its people if you ask for them.</summary>
    ICompaniesClient Companies { get; }

    /// <summary>Research in bulk: files in, files out.</summary>
    IBulkClient Bulk { get; }

    /// <summary>Jobs of any kind by their id.</summary>
    IJobsClient Jobs { get; }

    /// <summary>Endpoints this SDK does not know yet, with the same safety.</summary>
    IRawClient Raw { get; }
}
