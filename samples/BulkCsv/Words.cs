using System.Globalization;

namespace BulkCsv;

internal static class Words
{
    public static string Dollars(decimal cents) => (cents / 100).ToString("$#,0.00", CultureInfo.InvariantCulture);

    public static string Rows(long count) => Counted(count, "row");

    public static string Files(long count) => Counted(count, "file");

    /// <summary>What went wrong, without the names of this program's own parameters.</summary>
    public static string Of(Exception e) => e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

    private static string Counted(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count is 1 ? "" : "s")}");
}
