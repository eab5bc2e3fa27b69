namespace Sixtyfour;

/// <summary>How one file of people is researched, and what it may cost.</summary>
public sealed class BulkSubmitOptions : BulkOptions
{
    /// <summary>Names the submission: the same key again answers with the job of its first use and costs nothing (vendor's bulk page). At most 255 printable ASCII characters.</summary>
    /// <value><see langword="null"/>: made once per call and kept across its retries. Set one of your own to be safe across a crash as well.</value>
    public string? IdempotencyKey { get; set; }

    /// <summary>A ceiling in US cents: nothing is sent that could cost more, counted here as rows times <see cref="BulkOptions.CentsPerRow"/>.</summary>
    /// <value><see langword="null"/>: none. Not negative. Options such as <c>find_people</c> can bill more than any estimate.</value>
    public decimal? MaxCostCents { get; set; }
}
