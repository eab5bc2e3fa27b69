using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Jobs;

/// <summary>A piece of accepted work: what it will answer, or how it will fail.</summary>
/// <param name="Path">The path it was asked for at.</param>
/// <param name="TaskType">The service's word for this kind of work.</param>
/// <param name="PriceCents">What it costs unless it fails.</param>
/// <param name="Error">Not null when it is going to fail.</param>
internal abstract record Work(string Path, string TaskType, decimal PriceCents, string? Error) : IDisposable
{
    /// <summary>Whether polls say <c>pending</c> before they say <c>running</c>.</summary>
    public bool BeginsPending { get; init; }

    /// <summary>How many rows were uploaded; null for research on one person.</summary>
    public virtual int? Rows => null;

    /// <summary>How much longer it takes than one piece of research does.</summary>
    public virtual TimeSpan MoreTime => TimeSpan.Zero;

    /// <summary>Puts what was found into the answer about the finished job.</summary>
    /// <param name="answer">The answer so far.</param>
    /// <param name="job">The job.</param>
    /// <param name="host">Under which name the emulator was asked; null when it reports by itself.</param>
    public abstract Task AddResultAsync(JsonObject answer, EmulatorJob job, string? host);

    public virtual void Dispose()
    {
    }
}

/// <summary>Research on one person.</summary>
/// <param name="Path">The path it was asked for at.</param>
/// <param name="TaskType">The service's word for this kind of work.</param>
/// <param name="PriceCents">What it costs unless it fails.</param>
/// <param name="Result">The answer as JSON.</param>
/// <param name="Error">Not null when it is going to fail.</param>
internal sealed record SingleWork(string Path, string TaskType, decimal PriceCents, JsonElement Result, string? Error) : Work(Path, TaskType, PriceCents, Error)
{
    public override Task AddResultAsync(JsonObject answer, EmulatorJob job, string? host)
    {
        answer["result"] = JsonObject.Create(Result);
        return Task.CompletedTask;
    }
}
