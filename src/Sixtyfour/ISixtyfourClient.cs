namespace Sixtyfour;

/// <summary>
/// The Sixtyfour API, one property a feature; each feature interface can also be injected by itself. For calling and faking, not for implementing: it may
/// gain members in a minor version.
/// </summary>
public interface ISixtyfourClient
{
    /// <summary>Researches people at <c>/enrich-lead</c>.</summary>
    ILeadsClient Leads { get; }

    /// <summary>Researches people at <c>/people-intelligence</c>: the same calls and options, another endpoint.</summary>
    IPeopleClient People { get; }

    /// <summary>Researches companies, and their people if you ask for them.</summary>
    ICompaniesClient Companies { get; }

    /// <summary>Research in bulk: files in, files out.</summary>
    IBulkClient Bulk { get; }

    /// <summary>Jobs of any kind by id.</summary>
    IJobsClient Jobs { get; }

    /// <summary>Endpoints that this SDK has no method for, with the same safety.</summary>
    IRawClient Raw { get; }
}
