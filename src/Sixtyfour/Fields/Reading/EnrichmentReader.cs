using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields.Reading;

/// <summary>Turns the JSON object that a call or a finished job brought into a result.</summary>
internal static class EnrichmentReader
{
    private const int MaxBodyLength = 64 * 1024;

    /// <param name="answer">The whole answer.</param>
    /// <param name="asked">What was asked for, where that is known.</param>
    /// <param name="chargeCents">The price, where a job's end or an event names it; else the answer's own.</param>
    /// <param name="jobId">The job it is the result of.</param>
    /// <param name="contracts">Where <see cref="Enrichment.ReadAs{T}"/> finds the contract of a type; else reflection.</param>
    /// <exception cref="InvalidResponseException">The answer is not a JSON object. Nothing inside one throws.</exception>
    internal static Enrichment Read(
        JsonElement answer, EnrichmentStruct? asked = null, decimal? chargeCents = null, string? jobId = null, JsonContracts? contracts = null)
    {
        var members = new AnswerMembers(ObjectIn(answer));
        var structuredData = members.Take("structured_data");
        var charged = members.TakeAmount("charge_amount");
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

    private static JsonElement ObjectIn(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Object => answer.Clone(),
        JsonValueKind.Undefined => throw new InvalidResponseException("The answer is empty where a JSON object is due."),
        var kind => throw new InvalidResponseException($"The answer is a JSON {kind} where an object is due.") { ResponseBody = Cut(answer.GetRawText()) },
    };
}
