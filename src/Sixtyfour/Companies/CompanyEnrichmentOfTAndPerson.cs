namespace Sixtyfour;

/// <summary>What the agent found about a company and its people, both as types of your own.</summary>
/// <typeparam name="T">The type that was asked for.</typeparam>
/// <typeparam name="TPerson">The type of a person.</typeparam>
public sealed class CompanyEnrichment<T, TPerson> : Enrichment<T>
{
    /// <summary>Makes an answer, for tests say; the rest is filled by an initializer.</summary>
    /// <param name="data">What was found about the company.</param>
    public CompanyEnrichment(T data)
        : base(data)
    {
    }

    internal CompanyEnrichment(Enrichment<T> found)
        : base(found)
    {
    }

    /// <inheritdoc cref="CompanyEnrichment.People"/>
    public IReadOnlyList<FoundPerson<TPerson>> People { get; init; } = [];
}
