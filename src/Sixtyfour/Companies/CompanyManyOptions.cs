using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour;

/// <summary>How many companies are researched in one run.</summary>
/// <remarks>
/// No price of a company is documented. With <see cref="EnrichManyOptions{TInput}.MaxCostCents"/> and without
/// <see cref="EnrichManyOptions{TInput}.CentsPerCall"/> one job at a time goes ahead until a charge is known, at every tier.
/// </remarks>
/// <typeparam name="TInput">The caller's input.</typeparam>
public sealed class CompanyManyOptions<TInput> : EnrichManyOptions<TInput>
{
    /// <inheritdoc cref="CompanyOptions.FindPeople"/>
    public bool FindPeople { get; set; }

    /// <inheritdoc cref="CompanyOptions.PeopleFocus"/>
    public string? PeopleFocus { get; set; }

    /// <inheritdoc cref="CompanyOptions.FullOrgChart"/>
    public bool FullOrgChart { get; set; }

    /// <inheritdoc cref="CompanyOptions.PersonFields"/>
    public EnrichmentStruct? PersonFields { get; set; }

    /// <inheritdoc cref="CompanyOptions.PersonTypeInfo"/>
    public JsonTypeInfo? PersonTypeInfo { get; set; }

    /// <summary>A copy of what concerns each company, so that changes the caller makes during a long run do not reach it.</summary>
    internal CompanyOptions Each() => CopyTo(new CompanyOptions
    {
        FindPeople = FindPeople,
        PeopleFocus = PeopleFocus,
        FullOrgChart = FullOrgChart,
        PersonFields = PersonFields?.Copy(),
        PersonTypeInfo = PersonTypeInfo,
    });
}
