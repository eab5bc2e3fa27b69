using Sixtyfour;

namespace Quickstart;

/// <summary>How it ended for one lead.</summary>
internal sealed record Finding(Lead Lead, Enrichment<LeadFacts>? Found = null, string? Failure = null);
