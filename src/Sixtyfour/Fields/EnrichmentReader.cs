using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>Reads the JSON object of a call or a finished job as a result.</summary>
internal static class EnrichmentReader
{
    private const int MaxBodyLength = 64 * 1024;

    /// <param name="answer">The whole answer.</param>
    /// <param name="asked">What was asked for, if known.</param>
    /// <param name="chargeCents">The charge that the status of a job or an event names; null for that of the answer itself.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="contracts">The contracts for <see cref="Enrichment.ReadAs{T}"/>; null for reflection.</param>
    /// <exception cref="InvalidResponseException">It is not a result: it has no <c>structured_data</c>. Nothing inside a result throws.</exception>
    internal static Enrichment Read(
        JsonElement answer, EnrichmentStruct? asked = null, decimal? chargeCents = null, string? jobId = null, JsonContracts? contracts = null)
    {
        answer = answer.ValueKind is JsonValueKind.Undefined ? answer : answer.Clone();
        var members = AnswerMembers.Of(answer);
        if (!members.IsResult)
        {
            throw NoResult(answer, members, jobId);
        }

        var structuredData = members.TakeStructuredData();
        var charged = members.TakeAmount("charge_amount") ?? members.TakeAmount("cost_cents");
        return new Enrichment
        {
            StructuredData = structuredData,
            Notes = members.TakeText("notes") ?? "",
            References = members.TakeReferences("references"),
            ConfidenceScore = members.TakeNumber("confidence_score"),
            FieldConfidence = members.TakeNumbers("field_confidence"),
            ChargeCents = chargeCents ?? charged,
            JobId = jobId,
            Asked = asked,
            Contracts = contracts,
            Missing = asked?.MissingIn(structuredData) ?? [],
            AdditionalProperties = members.Rest(),
        };
    }

    internal static Enrichment<T> Read<T>(
        JsonElement answer,
        JsonTypeInfo<T> typeInfo,
        EnrichmentStruct? asked = null,
        decimal? chargeCents = null,
        string? jobId = null,
        JsonContracts? contracts = null) =>
        Read(answer, asked, chargeCents, jobId, contracts).ReadAs(typeInfo);

    internal static string Cut(string body) => body.Length <= MaxBodyLength ? body : body.Substring(0, MaxBodyLength);

    private static InvalidResponseException NoResult(JsonElement answer, AnswerMembers members, string? jobId)
    {
        var subject = jobId is null ? "The answer" : $"The result of job {jobId}";
        var problem = answer.ValueKind is JsonValueKind.Undefined ? "is empty; a JSON object was expected."
            : members.Failure is { } failure
                ? $"reports a failure by {failure}; {nameof(InvalidResponseException.ResponseBody)} has the details. It may have been charged."
            : jobId is null && members.JobId is { } started ? $"names job {started} instead of holding the result: wait for it with GetJob(\"{started}\")."
            : $"holds no structured_data, which every result has; {nameof(InvalidResponseException.ResponseBody)} has the answer. It may have been charged.";
        return new($"{subject} {problem}")
        {
            JobId = jobId ?? members.JobId,
            ResponseBody = answer.ValueKind is JsonValueKind.Undefined ? null : Cut(answer.GetRawText()),
        };
    }
}
