using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;
using Sixtyfour.Http;
using Sixtyfour.Json;
using Sixtyfour.Research;

namespace Sixtyfour.Companies;

/// <summary>What to find about a company and its people, how it is sent, and how the answer is read.</summary>
/// <param name="Fields">What to find out about the company.</param>
/// <param name="FindsPeople">Whether to find people.</param>
/// <param name="PersonFields">What to find out about each of them.</param>
/// <param name="Read">Reads the answer.</param>
internal sealed record CompanyQuestion<TResult>(EnrichmentStruct Fields, bool FindsPeople, EnrichmentStruct? PersonFields, ReadResearch<TResult> Read)
    where TResult : Enrichment
{
    private static readonly HashSet<string> Members = new(
        ["target_company", "lead_struct", "find_people", "people_focus_prompt", "full_org_chart", .. ResearchRequestJson.Members], StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Write(CompanyInfo company, CompanyOptions? options, Uri? webhookUrl)
    {
        ArgumentNullException.ThrowIfNull(company);
        if (company.IsEmpty)
        {
            throw new ArgumentException("The company has no member that is not blank: set at least one.", nameof(company));
        }

        if (PersonFields is { Count: 0 })
        {
            throw new ArgumentException(
                $"{nameof(CompanyOptions.PersonFields)} has no fields: leave it null for the service's own selection.", nameof(options));
        }

        ResearchRequestJson.Check(Fields);
        return RequestJson.Write(
            (Question: this, company, options, webhookUrl),
            static (writer, request) =>
            {
                writer.WritePropertyName("target_company");
                request.company.WriteTo(writer);
                ResearchRequestJson.Write(writer, request.Question.Fields, request.options, request.webhookUrl);
                request.Question.WritePeople(writer, request.options);
            },
            Members,
            options);
    }

    private void WritePeople(Utf8JsonWriter writer, CompanyOptions? options)
    {
        if (FindsPeople)
        {
            writer.WriteBoolean("find_people", true);
        }

        if (options?.PeopleFocus is { } focus && !string.IsNullOrWhiteSpace(focus))
        {
            writer.WriteString("people_focus_prompt", focus);
        }

        if (options?.FullOrgChart is true)
        {
            writer.WriteBoolean("full_org_chart", true);
        }

        if (PersonFields is { } fields)
        {
            writer.WritePropertyName("lead_struct");
            fields.WriteTo(writer);
        }
    }
}

/// <summary>Makes questions from the caller's arguments, and reads answers to questions of other processes.</summary>
internal sealed class CompanyQuestions(JsonContracts contracts)
{
    public CompanyQuestion<CompanyEnrichment> Untyped(EnrichmentStruct fields, CompanyOptions? options)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var asked = fields.Copy();
        var person = options?.PersonFields?.Copy();
        return new(asked, options?.FindPeople is true, person, Reading(asked, person));
    }

    public CompanyQuestion<CompanyEnrichment<T>> Typed<T>(EnrichmentStruct<T> fields, CompanyOptions? options)
    {
        var contract = fields.Contract(contracts);
        var asked = fields.Asked(contract);
        var person = options?.PersonFields?.Copy();
        return new(asked, options?.FindPeople is true, person, Reading(contract, asked, person));
    }

    /// <param name="fields">About the company.</param>
    /// <param name="personFields">About each person; null for the fields of the type.</param>
    /// <param name="options">The call's options.</param>
    public CompanyQuestion<CompanyEnrichment<T, TPerson>> Typed<T, TPerson>(
        EnrichmentStruct<T> fields, EnrichmentStruct<TPerson>? personFields, CompanyOptions? options)
    {
        if (personFields is not null && options?.PersonFields is not null)
        {
            throw new ArgumentException(
                $"The call has fields for people, and so does {nameof(CompanyOptions.PersonFields)}: leave it null.", nameof(options));
        }

        var contract = fields.Contract(contracts);
        var personContract = contracts.For<TPerson>(personFields?.TypeInfo);
        var asked = fields.Asked(contract);
        var person = options?.PersonFields?.Copy() ?? personFields?.Asked(personContract) ?? EnrichmentStruct.From(personContract);
        return new(asked, FindsPeople: true, person, Reading(contract, personContract, asked, person));
    }

    public ReadResearch<CompanyEnrichment> Resumed() => Reading(asked: null, person: null);

    public ReadResearch<CompanyEnrichment<T>> Resumed<T>(EnrichmentStruct<T>? fields)
    {
        var contract = contracts.For<T>(fields?.TypeInfo);
        return Reading(contract, fields?.Asked(contract), person: null);
    }

    public ReadResearch<CompanyEnrichment<T, TPerson>> Resumed<T, TPerson>(EnrichmentStruct<T>? fields, EnrichmentStruct<TPerson>? personFields)
    {
        var contract = contracts.For<T>(fields?.TypeInfo);
        var personContract = contracts.For<TPerson>(personFields?.TypeInfo);
        return Reading(contract, personContract, fields?.Asked(contract), personFields?.Asked(personContract));
    }

    private ReadResearch<CompanyEnrichment> Reading(EnrichmentStruct? asked, EnrichmentStruct? person) => (answer, chargeCents, jobId) =>
    {
        var found = EnrichmentReader.Read(answer, asked, chargeCents, jobId, contracts);
        return new CompanyEnrichment(found) { People = FoundPeople.In(found, person) };
    };

    private ReadResearch<CompanyEnrichment<T>> Reading<T>(
        JsonTypeInfo<T> typeInfo, EnrichmentStruct? asked, EnrichmentStruct? person) => (answer, chargeCents, jobId) =>
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
