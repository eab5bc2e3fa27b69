using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>What the agent found about a person or a company, with its evidence.</summary>
/// <remarks>You can construct one yourself, for example for a test. It does not depend on a connection or a document that has to be disposed.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public class Enrichment
{
    private NamedValues? _values;

    /// <summary>Makes an empty answer, to be filled by an initializer.</summary>
    public Enrichment()
    {
    }

    private protected Enrichment(Enrichment other)
    {
        StructuredData = other.StructuredData;
        Notes = other.Notes;
        References = other.References;
        ConfidenceScore = other.ConfidenceScore;
        FieldConfidence = other.FieldConfidence;
        Missing = other.Missing;
        ChargeCents = other.ChargeCents;
        JobId = other.JobId;
        AdditionalProperties = other.AdditionalProperties;
        Asked = other.Asked;
        Contracts = other.Contracts;
    }

    /// <summary>The value of that name. Never throws: without such a member the value is missing.</summary>
    /// <param name="name">
    /// The JSON name; where there is a <c>T</c>, also the C# name, as in <c>found[nameof(Profile.Title)]</c>. A name that differs from the answer's only in
    /// case (<c>yearsExperience</c> for <c>years_experience</c>) finds it too.
    /// </param>
    public FieldValue this[string name] => (_values ??= new(StructuredData, Plan, Asked, FieldConfidence)).Find(name ?? "");

    /// <summary>The values exactly as sent by the service, including echoed input and members you did not ask for.</summary>
    /// <value><see cref="JsonValueKind.Undefined"/> when the answer had none.</value>
    public JsonElement StructuredData { get; init; }

    /// <summary>The agent's summary in prose.</summary>
    /// <value>Empty when there is none.</value>
    public string Notes { get; init; } = "";

    /// <summary>The sources used; may be empty.</summary>
    public IReadOnlyList<SourceReference> References { get; init; } = [];

    /// <summary>The confidence of the service in the whole answer, from 0 to 10 with fractions.</summary>
    /// <value><see langword="null"/> when the service sent none, which it may do when the confidence of each field was asked for.</value>
    public double? ConfidenceScore { get; init; }

    /// <summary>The confidence of the service in each field, by JSON name, from 0 to 100 as sent.</summary>
    /// <value>
    /// Empty unless asked for. A field may be null: no evidence. Confidences in another form, such as nested ones, are in
    /// <see cref="AdditionalProperties"/> under <c>field_confidence</c>.
    /// </value>
    public IReadOnlyDictionary<string, double?> FieldConfidence { get; init; } = MissingValues.NoNumbers;

    /// <summary>The JSON names of fields that were asked for and are missing or empty in the answer.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the call was charged, in US cents.</summary>
    /// <value><see langword="null"/> when the service did not send it.</value>
    public decimal? ChargeCents { get; init; }

    /// <summary>The job this is the result of.</summary>
    /// <value><see langword="null"/> for a synchronous call.</value>
    public string? JobId { get; init; }

    /// <summary>Members of the answer without a property here, and known members of an unexpected shape.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = MissingValues.NoMembers;

    /// <summary>What was asked for, when this answer came from a call that asked.</summary>
    internal EnrichmentStruct? Asked { get; init; }

    /// <summary>The contracts of the client, for <see cref="ReadAs{T}"/>.</summary>
    internal JsonContracts? Contracts { get; init; }

    /// <summary>Reads a stored answer: the JSON object that a call or a finished job returned. Nothing is sent.</summary>
    /// <param name="json">The whole answer, with <c>structured_data</c> in it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="InvalidResponseException">It is not JSON, is nested more than 64 levels deep, or has no <c>structured_data</c>.</exception>
    public static Enrichment Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return EnrichmentReader.Read(
            JsonText.TryParse(json, out var answer)
                ? answer
                : throw new InvalidResponseException("The stored answer is not JSON, or is nested more than 64 levels deep.")
                {
                    ResponseBody = EnrichmentReader.Cut(json),
                });
    }

    /// <summary>Reads the same answer as a C# type. Nothing is sent.</summary>
    /// <typeparam name="T">The type; it need not be the one that was asked with.</typeparam>
    /// <param name="typeInfo">
    /// Its JSON contract, used just as it is. <see langword="null"/>: the contract of the client that received the answer; for a parsed answer reflection,
    /// where the application allows it.
    /// </param>
    /// <returns>
    /// The typed answer. A value that does not fit never throws: it is listed in <see cref="Enrichment{T}.Issues"/>.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no contract for <typeparamref name="T"/>.</exception>
    public Enrichment<T> ReadAs<T>(JsonTypeInfo<T>? typeInfo = null)
    {
        typeInfo ??= (Contracts ?? JsonContracts.OfReflection).For<T>();
        return Enrichment<T>.From(this, StructReader.Read(StructuredData, typeInfo, Asked), TypePlan.For(typeInfo));
    }

    /// <summary>Names the fields; never prints a value.</summary>
    public override string ToString() => $"{nameof(Enrichment)} with {string.Join(", ", StructuredData.Members().Select(member => member.Key))}";

    /// <summary>The plan of the type; null without a <c>T</c>, or where it was not read from an answer.</summary>
    private protected virtual TypePlan? Plan => null;
}

/// <summary>What the agent found, as your own type, with its evidence.</summary>
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
    /// The type's own default, which is null for a class, only when a constructor or setter of the type refuses the values; <see cref="Issues"/> then has an
    /// entry with an empty name.
    /// </value>
    public T Data { get; }

    /// <summary>
    /// What you should check: values that were repaired, values that cannot be read as their C# type, and missing values of members that cannot be null. Empty
    /// when everything fitted.
    /// </summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    internal static Enrichment<T> From(Enrichment untyped, StructReading<T> reading, TypePlan plan) =>
        new(untyped, reading.Data, plan) { Issues = reading.Issues, Missing = untyped.Asked is null ? reading.Missing : untyped.Missing };

    private protected override TypePlan? Plan => _plan;
}

/// <summary>A source that the agent used.</summary>
/// <param name="url">Its address, exactly as sent.</param>
public sealed class SourceReference(string url)
{
    /// <summary>Its address, exactly as sent.</summary>
    public string Url { get; } = url;

    /// <summary>What the agent found there; several texts are on separate lines.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Description { get; init; }

    /// <summary>The title of the page.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Title { get; init; }

    /// <summary>A verbatim quote; several quotes are on separate lines.</summary>
    /// <value><see langword="null"/> when none was sent.</value>
    public string? Quote { get; init; }

    /// <summary>Names the type only: an address may reveal who was researched.</summary>
    public override string ToString() => nameof(SourceReference);
}
