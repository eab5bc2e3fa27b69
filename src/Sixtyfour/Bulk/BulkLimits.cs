using System.Globalization;

namespace Sixtyfour.Bulk;

/// <summary>What the service takes in one bulk file (vendor's bulk page).</summary>
/// <param name="MaxBytes">Its bytes.</param>
/// <param name="MaxRows">Its rows, without a header.</param>
internal sealed record BulkLimits(long MaxBytes, long MaxRows)
{
    /// <summary>The characters of the configuration sent with it.</summary>
    public const int MaxConfigCharacters = 300_000;

    // The page says "100 MB" without a definition: the smaller reading is right in both cases.
    public static BulkLimits OfService { get; } = new(100_000_000, 100_000);

    public ArgumentException TooLarge(long bytes, string more = "") =>
        Refused($"has {more}{Number(bytes)} bytes: the service takes at most {Number(MaxBytes)} in one file");

    public ArgumentException TooManyRows(long rows, string more = "") =>
        Refused($"has {more}{Number(rows)} rows: the service takes at most {Number(MaxRows)} in one file");

    private static ArgumentException Refused(string what) => new($"The bulk file {what}. A run splits it: RunPeopleAsync, RunCompaniesAsync.");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
