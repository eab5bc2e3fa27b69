using System.Text.Json;
using Sixtyfour.Emulator.Enrichment;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>The blocks through which the rows of a table go, one after the other. Each leaves a file.</summary>
/// <param name="Path">The path that starts it, at which faults and answers are given, too.</param>
/// <param name="TaskType">The service's word for the work.</param>
/// <param name="DataframeType">The service's word for what a row is.</param>
/// <param name="Blocks">The blocks; the first one only reads.</param>
internal sealed record Pipeline(string Path, string TaskType, string DataframeType, IReadOnlyList<PipelineBlock> Blocks)
{
    /// <summary>The workflow that it is a run of; empty for a bulk job, which belongs to none.</summary>
    public string WorkflowId { get; init; } = "";
}

/// <summary>A block.</summary>
/// <param name="Name">Its name in the live status.</param>
/// <param name="FileName">The name of its file, without the ending.</param>
internal sealed record PipelineBlock(string Name, string FileName)
{
    public string? Id { get; init; }

    /// <summary>What is asked about each row; null for a block that changes nothing.</summary>
    public ResearchSettings? Research { get; init; }

    /// <summary>The people asked for about each company; null when none are.</summary>
    public PeopleSearch? People { get; init; }

    /// <summary>Whom or what a row is about.</summary>
    public Func<JsonElement, Subject> SubjectOf { get; init; } = Person.From;
}
