using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields.Reading;
using Sixtyfour.Json;
using Sixtyfour.Research;

namespace Sixtyfour.Companies;

/// <summary>Makes questions from what the caller gives, and reads answers to questions of other processes.</summary>
internal sealed class CompanyQuestions(JsonContracts contracts)
{
    public CompanyQuestion<CompanyEnrichment> Untyped(EnrichmentStruct fields, CompanyOptions? options)
    {
        var asked = ResearchRequestJson.Asked(fields, options);
        var person = options?.PersonFields?.Copy();
        return new(asked, options?.FindPeople is true, person, Reading(asked, person));
    }

    public CompanyQuestion<CompanyEnrichment<T>> Typed<T>(CompanyOptions? options)
    {
        var typeInfo = contracts.For<T>(options?.TypeInfo);
        var asked = options?.Fields?.Copy() ?? EnrichmentStruct.For(typeInfo);
        var person = options?.PersonFields?.Copy();
        return new(asked, options?.FindPeople is true, person, Reading(typeInfo, asked, person));
    }

    public CompanyQuestion<CompanyEnrichment<T, TPerson>> Typed<T, TPerson>(CompanyOptions? options)
    {
        var typeInfo = contracts.For<T>(options?.TypeInfo);
        var personType = contracts.For<TPerson>(options?.PersonTypeInfo);
        var asked = options?.Fields?.Copy() ?? EnrichmentStruct.For(typeInfo);
        var person = options?.PersonFields?.Copy() ?? EnrichmentStruct.For(personType);
        return new(asked, FindsPeople: true, person, Reading(typeInfo, personType, asked, person));
    }

    public ReadResearch<CompanyEnrichment> Resumed() => Reading(asked: null, person: null);

    public ReadResearch<CompanyEnrichment<T>> Resumed<T>() => Reading(contracts.For<T>(), asked: null, person: null);

    public ReadResearch<CompanyEnrichment<T, TPerson>> Resumed<T, TPerson>() => Reading(contracts.For<T>(), contracts.For<TPerson>(), asked: null, person: null);

    private ReadResearch<CompanyEnrichment> Reading(EnrichmentStruct? asked, EnrichmentStruct? person) => (answer, chargeCents, jobId) =>
    {
        var found = EnrichmentReader.Read(answer, asked, chargeCents, jobId, contracts);
        return new CompanyEnrichment(found) { People = FoundPeople.In(found, person) };
    };

    private ReadResearch<CompanyEnrichment<T>> Reading<T>(JsonTypeInfo<T> typeInfo, EnrichmentStruct? asked, EnrichmentStruct? person) => (answer, chargeCents, jobId) =>
    {
        var found = EnrichmentReader.Read(answer, typeInfo, asked, chargeCents, jobId, contracts);
        return new CompanyEnrichment<T>(found) { People = FoundPeople.In(found, person) };
    };

    private ReadResearch<CompanyEnrichment<T, TPerson>> Reading<T, TPerson>(
        JsonTypeInfo<T> typeInfo, JsonTypeInfo<TPerson> personType, EnrichmentStruct? asked, EnrichmentStruct? person) => (answer, chargeCents, jobId) =>
    {
        var found = EnrichmentReader.Read(answer, typeInfo, asked, chargeCents, jobId, contracts);
        return new CompanyEnrichment<T, TPerson>(found) { People = FoundPeople.In(found, person, personType) };
    };
}
