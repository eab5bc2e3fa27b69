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

    /// <summary>The people found, in the order of the answer; the answer itself keeps them, too.</summary>
    /// <value>Empty when none were asked for, or none were found.</value>
    public IReadOnlyList<FoundPerson> People { get; init; } = [];
}

/// <summary>What the agent found about a company, as your own type, with its people.</summary>
/// <typeparam name="T">The type that was asked for.</typeparam>
public sealed class CompanyEnrichment<T> : Enrichment<T>
{
    /// <summary>Makes an answer, for example for a test; an initializer fills the rest.</summary>
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

/// <summary>What the agent found about a company and its people, both as types of your own.</summary>
/// <typeparam name="T">The type that was asked for.</typeparam>
/// <typeparam name="TPerson">The type of a person.</typeparam>
public sealed class CompanyEnrichment<T, TPerson> : Enrichment<T>
{
    /// <summary>Makes an answer, for example for a test; an initializer fills the rest.</summary>
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
