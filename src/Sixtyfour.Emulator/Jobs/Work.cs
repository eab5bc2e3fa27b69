using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Jobs;

/// <summary>A piece of accepted work: what it will answer, or how it will fail.</summary>
/// <param name="Path">The path it was asked for at.</param>
/// <param name="TaskType">The service's word for this kind of work.</param>
/// <param name="PriceCents">What it costs unless it fails.</param>
internal abstract record Work(string Path, string TaskType, decimal PriceCents) : IDisposable
{
    /// <summary>Not null when it is going to fail.</summary>
    public string? Error { get; init; }

    /// <summary>Whether polls say <c>pending</c> before they say <c>running</c>.</summary>
    public bool BeginsPending { get; init; }

    /// <summary>Whether it takes seconds, not minutes.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The investigation it belongs to; null for most work.</summary>
    public string? InvestigationId { get; init; }

    /// <summary>How many rows were uploaded; null for research on one person.</summary>
    public virtual int? Rows => null;

    /// <summary>How much longer it takes than one piece of research does.</summary>
    public virtual TimeSpan MoreTime => TimeSpan.Zero;

    /// <summary>Puts what was found into the answer about the finished job.</summary>
    /// <param name="answer">The answer so far.</param>
    /// <param name="job">The job.</param>
    /// <param name="host">Under which name the emulator was asked; null when it reports by itself.</param>
    public abstract Task AddResultAsync(JsonObject answer, EmulatorJob job, string? host);

    /// <summary>Puts how far it is into the answer about the open job.</summary>
    /// <param name="answer">The answer so far.</param>
    /// <param name="share">The share of its time that has passed, 0 to 1.</param>
    public virtual void AddProgress(JsonObject answer, double share)
    {
    }

    /// <summary>The kind of event that reports the end.</summary>
    public virtual string EventType => TaskType;

    /// <summary>Whether a failure is reported, too.</summary>
    public virtual bool ReportsFailure => true;

    /// <summary>What the event that reports the end says.</summary>
    public virtual async Task<JsonObject> ReportAsync(EmulatorJob job, JobState state, string eventId)
    {
        var report = new JsonObject { ["task_id"] = job.Id, ["status"] = state.Status.Value, ["task_type"] = TaskType };
        if (state.Status.IsSuccess)
        {
            await AddResultAsync(report, job, host: null).ConfigureAwait(false);
        }
        else
        {
            report["error"] = state.Error;
        }

        return report;
    }

    public virtual void Dispose()
    {
    }
}

/// <summary>A piece of work with one result.</summary>
/// <param name="Path">The path it was asked for at.</param>
/// <param name="TaskType">The service's word for this kind of work.</param>
/// <param name="PriceCents">What it costs unless it fails.</param>
/// <param name="Result">The answer as JSON.</param>
internal sealed record SingleWork(string Path, string TaskType, decimal PriceCents, JsonElement Result) : Work(Path, TaskType, PriceCents)
{
    public override Task AddResultAsync(JsonObject answer, EmulatorJob job, string? host)
    {
        answer["result"] = JsonText.ToNode(Result);
        return Task.CompletedTask;
    }
}
