namespace Sixtyfour.Emulator.Bulk;

/// <summary>
/// What the service takes, from the vendor's bulk page. Whether a megabyte has 1,000 or 1,024 kilobytes is not said: the smaller one is safe.
/// </summary>
internal static class BulkLimits
{
    public const int MostFileBytes = 100_000_000;
    public const int MostRows = 100_000;

    /// <summary>
    /// Where each row has every column, commas alone would fill a file of the longest length: only short rows get there, and would make a much larger one.
    /// </summary>
    public const long MostCells = MostFileBytes;

    public const int MostConfigCharacters = 300_000;
    public const int MostKeyCharacters = 255;
}
