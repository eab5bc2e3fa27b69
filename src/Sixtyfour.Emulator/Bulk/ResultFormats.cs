using System.Net;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Bulk;

/// <summary>The formats a result can be had in.</summary>
internal static class ResultFormats
{
    public const string Csv = "csv";
    public const string Json = "json";
    public const string NdJson = "ndjson";

    /// <summary>The formats that were asked for, each once; CSV when none was.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<string> wanted, bool savesJson)
    {
        var formats = wanted.Count > 0 ? wanted : [Csv];
        return [.. formats.Concat(savesJson ? [Json] : []).Distinct(StringComparer.Ordinal)];
    }

    public static Reply? Refusal(IEnumerable<string> formats) => formats.FirstOrDefault(format => format is not (Csv or Json or NdJson)) is { } unknown
        ? Reply.Error(HttpStatusCode.BadRequest, $"Unsupported result format '{unknown}'")
        : null;

    public static string MediaTypeOf(string format) => format switch
    {
        Csv => "text/csv",
        Json => "application/json",
        _ => "application/x-ndjson",
    };
}
