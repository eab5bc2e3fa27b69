using Sixtyfour.Fields.Reading;

namespace Sixtyfour;

/// <summary>A person found at a company, as your own type.</summary>
/// <typeparam name="T">The type of a person.</typeparam>
public sealed class FoundPerson<T> : FoundPerson
{
    private readonly TypePlan? _plan;

    /// <summary>Makes a person, for example for a test; an initializer fills the rest.</summary>
    /// <param name="data">What was found.</param>
    public FoundPerson(T data) => Data = data;

    internal FoundPerson(FoundPerson untyped, StructReading<T> reading, TypePlan plan)
        : base(untyped)
    {
        Data = reading.Data;
        Issues = reading.Issues;
        _plan = plan;
    }

    /// <summary>What was found. A member that was not found is null, or has its default where null is not allowed.</summary>
    /// <value>The type's own default only when the type refuses what came; <see cref="Issues"/> then holds one of an empty name.</value>
    public T Data { get; }

    /// <summary>What needs a look, as in <see cref="Enrichment{T}.Issues"/>; names are those of this person's members.</summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    private protected override TypePlan? Plan => _plan;
}
