namespace Sixtyfour;

/// <summary>What the agent found about a company, as your own type, with its people.</summary>
/// <typeparam name="T">The type that was asked for.</typeparam>
public sealed class CompanyEnrichment<T> : Enrichment<T>
{
    /// <summary>Makes an answer, for tests say; the rest is filled by an initializer.</summary>
    /// <param name="data">What was found.</param>
    public CompanyEnrichment(T data)
        : base(data)
    {
    }

    internal CompanyEnrichment(Enrichment<T> found)
        : base(found)
    {
    }

    /// <inheritdoc cref="CompanyEnrichment.People"/>
    public IReadOnlyList<FoundPerson> People { get; init; } = [];
}
