using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Workflows;

/// <summary><c>/workflows</c>: list, look at one, create, change, delete, and the blocks there are.</summary>
internal sealed class WorkflowEndpoint(WorkflowBook workflows) : IEndpoint
{
    private const string Root = "/workflows";

    public IEnumerable<Route> Routes =>
    [
        Route.Get(Root, _ => Reply.Ok(new JsonArray([.. workflows.All().Select(workflow => Describe(workflow, withDefinition: false))]))),
        Route.Get(Root + "/blocks", _ => Blocks()),
        Route.Get(Root + "/{id}", request => workflows.Find(request.Values[0]) is { } workflow ? Reply.Ok(Describe(workflow)) : NotFound()),
        Route.Post(Root + "/create_workflow", Create),
        Route.Post(Root + "/update_workflow", Update),
        Route.Post(Root + "/delete_workflow", Delete),
    ];

    public static Reply NotFound() => Reply.Detail(HttpStatusCode.NotFound, "Workflow not found");

    /// <summary>The refusal of a request that does not name its workflow.</summary>
    public static Reply NoId() => ValidationProblem.Answer([new("missing", "Field required", JsonText.Null, "query", "workflow_id")]);

    public static string? Given(ApiRequest request) => request.Parameter("workflow_id");

    private Reply Delete(ApiRequest request) =>
        Given(request) is not { } id ? NoId()
        : workflows.Remove(id) is { } gone ? Reply.Ok(Describe(gone))
        : NotFound();

    private Reply Create(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var name = members.RequiredText("workflow_name");
        var description = members.RequiredText("workflow_description");
        var definition = members.Required("workflow_definition", JsonValueKind.Object);
        var id = members.OptionalText("id");
        Check(definition, members);
        if (members.Refusal is { } refusal)
        {
            return refusal;
        }

        return id is not null && workflows.Find(id) is not null
            ? Reply.Detail(HttpStatusCode.Conflict, "A workflow with this id exists")
            : Reply.Ok(Describe(workflows.New(id, name, description, JsonText.ToObject(definition!.Value))));
    }

    private Reply Update(ApiRequest request)
    {
        if (Given(request) is not { } id)
        {
            return NoId();
        }

        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var name = members.OptionalText("workflow_name");
        var description = members.OptionalText("workflow_description");
        var definition = members.Optional("workflow_definition", JsonValueKind.Object);
        bool? isStarred = members.Has("starred") ? members.OptionalBool("starred") : null;
        bool? isLocked = members.Has("locked") ? members.OptionalBool("locked") : null;
        Check(definition, members);
        if (members.Refusal is { } refusal)
        {
            return refusal;
        }

        var workflow = workflows.Find(id) ?? workflows.New(id, "Untitled Workflow", "", []);
        return Reply.Ok(Describe(workflows.Keep(workflow with
        {
            Name = name ?? workflow.Name,
            Description = description ?? workflow.Description,
            Definition = definition is { } changed ? JsonText.ToObject(changed) : workflow.Definition,
            IsStarred = isStarred ?? workflow.IsStarred,
            IsLocked = isLocked ?? workflow.IsLocked,
        })));
    }

    private static void Check(JsonElement? definition, MemberReader members)
    {
        if (definition is not { } graph)
        {
            return;
        }

        var inner = new MemberReader(graph);
        inner.RequiredItems("edges", JsonValueKind.Object);
        var blocks = inner.RequiredItems("blocks", JsonValueKind.Object);
        var each = blocks.Select(block => new MemberReader(block)).ToList();
        foreach (var block in each)
        {
            block.RequiredInt("sequence_number");
            block.RequiredText("block_type");
            block.RequiredText("block_name");
            block.Required("specs", JsonValueKind.Object);
        }

        foreach (var problem in inner.Problems.Concat(each.SelectMany(block => block.Problems)))
        {
            members.Add(problem with { Location = ["body", "workflow_definition", .. problem.Location[1..]] });
        }
    }

    private static JsonObject Describe(Workflow workflow) => Describe(workflow, withDefinition: true);

    private static JsonObject Describe(Workflow workflow, bool withDefinition)
    {
        var answer = new JsonObject
        {
            ["id"] = workflow.Id,
            ["name"] = workflow.Name,
            ["description"] = workflow.Description,
            ["status"] = "ready",
            ["step"] = "",
            ["created_at"] = Time(workflow.CreatedAt),
            ["updated_at"] = Time(workflow.UpdatedAt),
            ["last_run_date"] = workflow.LastRunAt is { } run ? Time(run) : null,
            ["starred"] = workflow.IsStarred,
            ["locked"] = workflow.IsLocked,
            ["block_count"] = (workflow.Definition["blocks"] as JsonArray)?.Count ?? 0,
        };
        if (withDefinition)
        {
            answer["workflow_definition"] = workflow.Definition.DeepClone();
        }

        return answer;
    }

    private static Reply Blocks()
    {
        string[] names = [WorkflowDefinition.Source, WorkflowDefinition.LeadResearch, WorkflowDefinition.CompanyResearch, WorkflowDefinition.Report];
        var blocks = names.Select(name => new JsonObject { ["block_name"] = name, ["specs_schema"] = new JsonObject { ["type"] = "object" } });
        return Reply.Ok(new JsonArray([.. blocks]));
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
