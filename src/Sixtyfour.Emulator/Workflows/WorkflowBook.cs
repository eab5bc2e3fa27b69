using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Workflows;

/// <summary>The workflows: one sample, and those that were created.</summary>
internal sealed class WorkflowBook
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Workflow> _workflows = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly int _seed;

    public WorkflowBook(TimeProvider clock, int seed)
    {
        (_clock, _seed) = (clock, seed);
        Clear();
    }

    public IReadOnlyList<Workflow> All()
    {
        lock (_gate)
        {
            return [.. _workflows.Values.OrderBy(workflow => workflow.CreatedAt)];
        }
    }

    public Workflow? Find(string id)
    {
        lock (_gate)
        {
            return _workflows.GetValueOrDefault(id);
        }
    }

    /// <summary>Keeps a workflow as it is now; the one of the same id goes.</summary>
    public Workflow Keep(Workflow workflow)
    {
        lock (_gate)
        {
            return _workflows[workflow.Id] = workflow with { UpdatedAt = _clock.GetUtcNow() };
        }
    }

    public Workflow New(string? id, string name, string description, JsonObject definition)
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            return Keep(new(id ?? Dice.Guid(_seed, "workflow", $"{_workflows.Count}", name).ToString(), name, description, definition, now, now));
        }
    }

    public Workflow? Remove(string id)
    {
        lock (_gate)
        {
            return _workflows.Remove(id, out var removed) ? removed : null;
        }
    }

    /// <summary>Forgets all but the sample, which is as it was.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _workflows.Clear();
            New(Dice.Guid(_seed, "sample workflow").ToString(), "Enrich leads", "Sample: rows in, their current job title out", Sample());
        }
    }

    private static JsonObject Sample() => new()
    {
        ["blocks"] = new JsonArray(
            Block(1, "source", "webhook", new JsonObject { ["dataframe_type"] = "LEAD", ["input_schema"] = new JsonObject { ["name"] = "str" } }),
            Block(2, "enrich", "lead_enrichment", new JsonObject { ["struct"] = new JsonObject { ["title"] = "Current job title" } })),
        ["edges"] = new JsonArray(new JsonObject { ["from_block_id"] = "block-1", ["to_block_id"] = "block-2", ["condition"] = null }),
    };

    private static JsonObject Block(int number, string type, string name, JsonObject specs) => new()
    {
        ["sequence_number"] = number,
        ["block_type"] = type,
        ["block_name"] = name,
        ["specs"] = specs,
        ["block_id"] = $"block-{number}",
    };
}

/// <summary>A workflow.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Definition">Its blocks and edges.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record Workflow(string Id, string Name, string Description, JsonObject Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public bool? IsStarred { get; init; }

    public bool? IsLocked { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }
}
