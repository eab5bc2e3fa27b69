using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Workflows;

/// <summary>The blocks of a workflow as this emulator understands them: a source, research, and a report; a block it does not know changes nothing.</summary>
internal sealed class WorkflowDefinition
{
    public const string Source = "webhook";
    public const string LeadResearch = "lead_enrichment";
    public const string CompanyResearch = "company_enrichment";
    public const string Report = "outgoing_webhook";

    private readonly IReadOnlyList<JsonObject> _blocks;

    private WorkflowDefinition(IReadOnlyList<JsonObject> blocks) => _blocks = blocks;

    /// <summary>The columns that every row must have.</summary>
    public IReadOnlyList<string> NeededColumns => SpecsOf(_blocks[0])["input_schema"] switch
    {
        JsonObject schema when schema["required"] is JsonArray required => [.. required.Select(name => name?.ToString() ?? "")],
        JsonObject schema => [.. schema.Select(column => column.Key)],
        _ => [],
    };

    /// <summary>Where the end of a run is reported; null when no block does that.</summary>
    public Uri? ReportsTo => _blocks.Where(block => NameOf(block) == Report)
        .Select(block => Uri.TryCreate(SpecsOf(block)["url"]?.ToString(), UriKind.Absolute, out var url) ? url : null)
        .FirstOrDefault();

    /// <summary>What a row costs by the tiers of the blocks.</summary>
    public decimal RowPriceCents(EmulatorOptions options) => Blocks().Sum(block => block.Research is { } research ? options.PriceOf(research.Tier) : 0);

    /// <summary>The definition of a run, whose first block can be given other specs; or why it cannot run.</summary>
    public static (WorkflowDefinition? Definition, Reply? Refusal) Read(Workflow workflow, JsonElement? specsOverride, EmulatorOptions options)
    {
        var blocks = (workflow.Definition["blocks"] as JsonArray ?? []).OfType<JsonObject>().Select(block => (JsonObject)block.DeepClone()).ToList();
        if (blocks.Count == 0)
        {
            return (null, Refused("The workflow has no blocks"));
        }

        foreach (var member in specsOverride is { } specs ? JsonText.ToObject(specs) : [])
        {
            SpecsOf(blocks[0])[member.Key] = member.Value?.DeepClone();
        }

        var definition = new WorkflowDefinition(blocks);
        if (NameOf(blocks[0]) != Source)
        {
            return (null, Refused($"The workflow must begin with a '{Source}' block: files cannot be uploaded here"));
        }

        var refusal = WebhookUrlRules.Refusal(definition.ReportsTo, options)
            ?? definition.Blocks().Select(block => block.Research?.Refusal(options)).FirstOrDefault(refused => refused is not null);
        return refusal is null ? (definition, null) : (null, refusal);
    }

    public Pipeline PipelineOf(Workflow workflow) =>
        new("/workflows/run", "workflow_run", SpecsOf(_blocks[0])["dataframe_type"]?.ToString() ?? "LEAD", Blocks()) { WorkflowId = workflow.Id };

    private List<PipelineBlock> Blocks() => [.. _blocks.Select(block =>
    {
        var name = NameOf(block);
        var isAboutCompanies = name == CompanyResearch;
        var tiers = isAboutCompanies ? ResearchSettings.CompanyTiers : ResearchSettings.PeopleTiers;
        var specs = new MemberReader(JsonText.ToElement(SpecsOf(block)));
        return new PipelineBlock(name, name)
        {
            Id = block["block_id"]?.ToString(),
            Research = name is LeadResearch or CompanyResearch ? ResearchSettings.Read(specs, needsStruct: false, tiers) : null,
            SubjectOf = isAboutCompanies ? Company.From : Person.From,
        };
    })];

    private static string NameOf(JsonObject block) => block["block_name"]?.ToString() ?? "";

    private static JsonObject SpecsOf(JsonObject block)
    {
        if (block["specs"] is not JsonObject specs)
        {
            block["specs"] = specs = [];
        }

        return specs;
    }

    private static Reply Refused(string why) => Reply.Detail(HttpStatusCode.BadRequest, why);
}
