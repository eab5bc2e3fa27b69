namespace Sixtyfour;

/// <summary>What the agent found about a company, with its people.</summary>
public sealed class CompanyEnrichment : Enrichment
{
    /// <summary>Makes an empty answer, to be filled by an initializer.</summary>
    public CompanyEnrichment()
    {
    }

    internal CompanyEnrichment(Enrichment found)
        : base(found)
    {
    }

    /// <summary>The people found, in the order they came; raw they stay where they were in the answer.</summary>
    /// <value>Empty when none were asked for, or none were found.</value>
    public IReadOnlyList<FoundPerson> People { get; init; } = [];
}
