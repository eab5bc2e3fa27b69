using System.Text.Json;

namespace Sixtyfour.Emulator.Jobs;

/// <summary>A piece of accepted work: what it will answer, or how it will fail.</summary>
/// <param name="Path">The path it was asked for at.</param>
/// <param name="TaskType">The service's word for this kind of work.</param>
/// <param name="PriceCents">What it costs unless it fails.</param>
/// <param name="Result">The answer as JSON.</param>
/// <param name="Error">Not null when it is going to fail.</param>
internal sealed record Work(string Path, string TaskType, decimal PriceCents, JsonElement Result, string? Error)
{
    /// <summary>Whether polls say <c>pending</c> before they say <c>running</c>.</summary>
    public bool BeginsPending { get; init; }
}
