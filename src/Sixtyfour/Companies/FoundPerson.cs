using System.Diagnostics;
using System.Text.Json;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>A person found at a company. Members that the service did not send are null.</summary>
/// <remarks>
/// You can construct one yourself, for example for a test. With your own fields for people, only those properties here have values that you asked for.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public class FoundPerson
{
    private NamedValues? _values;

    /// <summary>Makes an empty person, to be filled by an initializer.</summary>
    public FoundPerson()
    {
    }

    private protected FoundPerson(FoundPerson other)
    {
        StructuredData = other.StructuredData;
        Name = other.Name;
        Title = other.Title;
        Email = other.Email;
        Phone = other.Phone;
        Company = other.Company;
        LinkedIn = other.LinkedIn;
        Department = other.Department;
        Score = other.Score;
        Asked = other.Asked;
    }

    /// <summary>The value of that name. Never throws: without such a member the value is missing.</summary>
    /// <param name="name">The JSON name; where there is a type, also the C# name. A name that differs only in case finds it too.</param>
    public FieldValue this[string name] => (_values ??= new(StructuredData, Plan, Asked, MissingValues.NoNumbers)).Find(name ?? "");

    /// <summary>Full name.</summary>
    public string? Name { get; init; }

    /// <summary>Job title.</summary>
    public string? Title { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Name of the employer.</summary>
    public string? Company { get; init; }

    /// <summary>Address of the LinkedIn profile.</summary>
    public string? LinkedIn { get; init; }

    /// <summary>The department: that of the person, else that of the org chart.</summary>
    public string? Department { get; init; }

    /// <summary>How well the person fits <see cref="CompanyOptions.PeopleFocus"/>, from 0 to 10; also read from a text.</summary>
    /// <value><see langword="null"/> when there is no number; <see cref="StructuredData"/> has the value as sent.</value>
    public double? Score { get; init; }

    /// <summary>The person exactly as sent.</summary>
    /// <value><see cref="JsonValueKind.Undefined"/> for a person that you constructed.</value>
    public JsonElement StructuredData { get; init; }

    /// <summary>What was asked for about people, if known.</summary>
    internal EnrichmentStruct? Asked { get; init; }

    /// <summary>Names the members; never prints a value.</summary>
    public override string ToString() => $"Person with {string.Join(", ", StructuredData.Members().Select(member => member.Key))}";

    /// <summary>The plan of the type; null without one.</summary>
    private protected virtual TypePlan? Plan => null;
}

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

    /// <summary>What you should check, as in <see cref="Enrichment{T}.Issues"/>; names are those of this person's members.</summary>
    public IReadOnlyList<FieldIssue> Issues { get; init; } = [];

    private protected override TypePlan? Plan => _plan;
}
