using System.Globalization;
using System.Text.Json;

namespace BulkCsv;

internal static class Words
{
    public static string Dollars(decimal cents) => (cents / 100).ToString("$#,0.00", CultureInfo.InvariantCulture);

    public static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Rows(long count) => Counted(count, "row");

    public static string Files(long count) => Counted(count, "file");

    /// <summary>What went wrong, in one line and without the names of this program's own parameters.</summary>
    public static string Of(Exception e) => e switch
    {
        JsonException { LineNumber: { } line } => string.Create(CultureInfo.InvariantCulture, $"line {line + 1} is not JSON."),
        ArgumentException { ParamName: { } name } => e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => e.Message,
    };

    private static string Counted(long count, string noun) => $"{Number(count)} {noun}{(count is 1 ? "" : "s")}";
}
