namespace Sixtyfour.Bulk;

/// <summary>What the rows are about.</summary>
internal sealed class BulkKind
{
    // The vendor's bulk page: 2,500 rows at the default tier for 25,000 cents.
    private const decimal DocumentedCents = 10;
    private readonly bool _hasDocumentedPrice;

    private BulkKind(string route, bool hasDocumentedPrice)
    {
        Route = route;
        _hasDocumentedPrice = hasDocumentedPrice;
    }

    public static BulkKind People { get; } = new("bulk-intelligence/people", hasDocumentedPrice: true);

    public static BulkKind Companies { get; } = new("bulk-intelligence/company", hasDocumentedPrice: false);

    public string Route { get; }

    /// <summary>What a row costs where the vendor says so; no tier is low.</summary>
    public decimal? DocumentedPrice(Tier? tier) => _hasDocumentedPrice && (tier is not { Value.Length: > 0 } || tier == Tier.Low) ? DocumentedCents : null;
}
