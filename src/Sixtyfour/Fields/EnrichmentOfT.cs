using Sixtyfour.Fields.Reading;

namespace Sixtyfour;

/// <summary>What the agent found, as your own type, with the evidence beside it.</summary>
/// <typeparam name="T">The type that was asked for.</typeparam>
public class Enrichment<T> : Enrichment
{
    private readonly TypePlan? _plan;

    /// <summary>Makes an answer, for example for a test; an initializer fills the rest.</summary>
    /// <param name="data">What was found.</param>
    public Enrichment(T data) => Data = data;

    private protected Enrichment(Enrichment<T> other)
        : this(other, other.Data, other._plan) => Issues = other.Issues;

    private Enrichment(Enrichment untyped, T data, TypePlan? plan)
        : base(untyped)
    {
        Data = data;
        _plan = plan;
    }

    /// <summary>What was found. A member that was not found is null, or has its default where null is not allowed.</summary>
    /// <value>
    /// The type's own default, which is null for a class, only when a constructor or setter of the type refuses what came; <see cref="Issues"/> then holds one
    /// of an empty name.
    /// </value>
    public T Data { get; }

    /// <summary>
    /// What needs a look: values that were repaired, values that cannot be read as their C# type, and values that did not come where the member cannot be
    /// null. Empty when everything fitted.
    /// </summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    internal static Enrichment<T> From(Enrichment untyped, StructReading<T> reading, TypePlan plan) =>
        new(untyped, reading.Data, plan) { Issues = reading.Issues, Missing = untyped.Asked is null ? reading.Missing : untyped.Missing };

    private protected override TypePlan? Plan => _plan;
}
