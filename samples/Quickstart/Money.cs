using System.Globalization;

namespace Quickstart;

internal static class Money
{
    public static string Dollars(decimal cents) => (cents / 100).ToString("$0.00", CultureInfo.InvariantCulture);

    /// <summary>The service does not always say what it charged.</summary>
    public static string Cents(decimal? cents) => cents is { } known ? $"{known.ToString("0.##", CultureInfo.InvariantCulture)} ct" : "not said";
}
