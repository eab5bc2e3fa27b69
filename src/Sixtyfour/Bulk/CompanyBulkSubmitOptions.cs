namespace Sixtyfour;

/// <summary>How one file of companies is researched, and what it may cost.</summary>
public sealed class CompanyBulkSubmitOptions : CompanyBulkOptions
{
    /// <inheritdoc cref="BulkSubmitOptions.IdempotencyKey"/>
    public string? IdempotencyKey { get; set; }

    /// <inheritdoc cref="BulkSubmitOptions.MaxCostCents"/>
    public decimal? MaxCostCents { get; set; }
}
