using System.Globalization;

namespace BulkCsv;

internal static class Money
{
    public static string Dollars(decimal cents) => (cents / 100).ToString("$#,0.00", CultureInfo.InvariantCulture);
}
