using Sixtyfour.Research;

namespace Sixtyfour.Companies;

/// <summary>What is asked about a company, and how the answer is read.</summary>
/// <param name="Fields">What to find out about the company.</param>
/// <param name="FindsPeople">Whether people are looked for.</param>
/// <param name="PersonFields">What to find out about each of them.</param>
/// <param name="Read">Reads the answer.</param>
internal sealed record CompanyQuestion<TResult>(EnrichmentStruct Fields, bool FindsPeople, EnrichmentStruct? PersonFields, ReadResearch<TResult> Read)
    where TResult : Enrichment;
