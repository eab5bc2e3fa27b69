using System.Text.Json;
using Sixtyfour.Http;
using Sixtyfour.Research;

namespace Sixtyfour.Companies;

/// <summary>The body of a company's research.</summary>
internal static class CompanyRequestJson
{
    private static readonly HashSet<string> Members = new(
        ["target_company", "lead_struct", "find_people", "people_focus_prompt", "full_org_chart", .. ResearchRequestJson.Members], StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> Write<TResult>(CompanyInfo company, CompanyQuestion<TResult> question, CompanyOptions? options, Uri? webhookUrl)
        where TResult : Enrichment
    {
        ArgumentNullException.ThrowIfNull(company);
        if (company.IsEmpty)
        {
            throw new ArgumentException("Nothing is known of the company: set at least one member that is not blank.", nameof(company));
        }

        if (question.PersonFields is { Count: 0 })
        {
            throw new ArgumentException($"{nameof(CompanyOptions.PersonFields)} names no field: leave it null for what the service gives by itself.", nameof(options));
        }

        ResearchRequestJson.Check(question.Fields, webhookUrl);
        return RequestJson.Write(
            (company, question, options, webhookUrl),
            static (writer, request) =>
            {
                writer.WritePropertyName("target_company");
                request.company.WriteTo(writer);
                ResearchRequestJson.WriteCommon(writer, request.question.Fields, request.options, request.webhookUrl);
                WritePeople(writer, request.question, request.options);
            },
            Members,
            options);
    }

    private static void WritePeople<TResult>(Utf8JsonWriter writer, CompanyQuestion<TResult> question, CompanyOptions? options)
        where TResult : Enrichment
    {
        if (question.FindsPeople)
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

        if (question.PersonFields is { } fields)
        {
            writer.WritePropertyName("lead_struct");
            fields.WriteTo(writer);
        }
    }
}
