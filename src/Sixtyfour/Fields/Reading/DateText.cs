using System.Globalization;
using Sixtyfour.Json;

namespace Sixtyfour.Fields.Reading;

/// <summary>
/// Dates and times in ISO 8601, the one form that reads the same everywhere. Each method answers null for anything else: <c>2024-05</c> is not a day, and
/// <c>05/06/2024</c> is two of them.
/// </summary>
internal static class DateText
{
    private const string Day = "yyyy-MM-dd";

    // With sixteen digits of a second, which is what the serializer takes, and an offset.
    private const int LongestMoment = 42;

    /// <summary>A day; of a moment the day it was written with.</summary>
    public static string? ToDate(string text) =>
        IsDay(text) ? text
        : IsMoment(text) ? text.Substring(0, Day.Length)
        : null;

    /// <summary>A moment as UTC where it says its offset: the serializer would put it into the time zone of this machine.</summary>
    public static string? ToDateTime(string text) =>
        IsDay(text) ? text
        : ToMoment(text) is not { } moment ? null
        : HasOffset(moment) && moment[moment.Length - 1] != 'Z' ? ToUtc(moment)
        : moment;

    /// <summary>A moment. Without an offset it is taken as UTC: the serializer would take the time zone of this machine.</summary>
    public static string? ToDateTimeOffset(string text) =>
        IsDay(text) ? text + "T00:00:00Z"
        : ToMoment(text) is not { } moment ? null
        : HasOffset(moment) ? moment
        : Moment(moment + "Z");

    public static string? ToTime(string text)
    {
        var complete = text.Length == "hh:mm".Length ? text + ":00" : text;
        return TimeSpan.TryParseExact(complete, "c", CultureInfo.InvariantCulture, out var time) && complete[0] != '-' && time < TimeSpan.FromDays(1)
            ? complete
            : null;
    }

    /// <summary>The same moment as a value.</summary>
    public static DateTimeOffset? Read(string text) => ToDateTimeOffset(text) is { } moment ? JsonText.OfText(moment).GetDateTimeOffset() : null;

    private static string ToUtc(string moment) => JsonText.OfText(moment).GetDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static bool IsDay(string text) => DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsMoment(string text) => ToMoment(text) is not null;

    // "2024-05-17 10:30:00" is the same moment written the way databases do.
    private static string? ToMoment(string text) =>
        text.Length > Day.Length && text[Day.Length] == ' ' ? Moment(text.Remove(Day.Length, 1).Insert(Day.Length, "T")) : Moment(text);

    private static string? Moment(string text) => text.Length > Day.Length && text.Length <= LongestMoment && IsReadable(text) ? text : null;

    private static bool HasOffset(string moment) =>
        moment[moment.Length - 1] == 'Z' || moment.IndexOfAny(['+', '-'], Day.Length) >= 0;

    // The serializer's own parser decides, since it will read the text in the end. It puts a moment without an offset into the zone of this machine, where the
    // first and the last day may not exist.
    private static bool IsReadable(string text) =>
        HasOffset(text) ? JsonText.OfText(text).TryGetDateTimeOffset(out _)
        : JsonText.OfText(text).TryGetDateTime(out _) && JsonText.OfText(text + "Z").TryGetDateTimeOffset(out _);
}
