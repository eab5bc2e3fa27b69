using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>The price of a row, as far as it is known before sending, and the ceiling.</summary>
/// <param name="CentsPerRow">The caller's price, else the documented one.</param>
/// <param name="MaxCents">The caller's ceiling.</param>
internal sealed record BulkPrice(decimal? CentsPerRow, decimal? MaxCents)
{
    /// <summary>Ten million dollars. No row and no file costs more, and sums of such amounts do not overflow.</summary>
    public const decimal MostCents = 1_000_000_000;

    private const string MaxCostCents = nameof(BulkSubmitOptions.MaxCostCents);

    public static BulkPrice Of(BulkKind kind, BulkOptions? options, decimal? maxCents)
    {
        if (options?.CentsPerRow is <= 0 or > MostCents)
        {
            throw new ArgumentException(
                $"{nameof(BulkOptions.CentsPerRow)} is {Text(options.CentsPerRow.Value)}: it must be more than zero and at most {Text(MostCents)}.",
                nameof(options));
        }

        if (maxCents is < 0)
        {
            throw new ArgumentException($"{MaxCostCents} is {Text(maxCents.Value)}: it must not be negative.", nameof(options));
        }

        return new(options?.CentsPerRow ?? kind.DocumentedPrice(options?.Tier ?? default), maxCents);
    }

    /// <summary>Refuses a ceiling without a price.</summary>
    public void CheckCeilingHasPrice()
    {
        if (MaxCents is not null && CentsPerRow is null)
        {
            throw new ArgumentException(
                $"{MaxCostCents} cannot be enforced: no price of a row is known. Set {nameof(BulkOptions.CentsPerRow)} to what your plan charges.");
        }
    }

    /// <summary>Refuses what could cost more than the ceiling.</summary>
    public void Check(long rows)
    {
        if (MaxCents is { } max && CentsPerRow is { } cents && rows * cents > max)
        {
            throw OverCeiling(max, rows * cents, string.Format(CultureInfo.InvariantCulture, "{0:N0} rows at {1:0.##} cents", rows, cents));
        }
    }

    public static CostLimitException OverCeiling(decimal max, decimal needed, string what) =>
        new($"{what} could cost {Text(needed)} cents, more than {MaxCostCents} ({Text(max)}). It was not sent.") { LimitCents = max, NeededCents = needed };

    private static string Text(decimal cents) => cents.ToString("#,0.##", CultureInfo.InvariantCulture);
}
