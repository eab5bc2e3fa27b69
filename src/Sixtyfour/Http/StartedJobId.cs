using System.Globalization;
using System.Text.Json;

namespace Sixtyfour.Http;

/// <summary>The id in the answer to a job start, also when the answer breaks off behind it: it is paid for.</summary>
internal static class StartedJobId
{
    // "task_id" in every sample of a start; "id" and "job_id" are what the status and the workflow answers call the same value.
    private static readonly string[] Names = ["task_id", "id", "job_id"];

    public static string? Find(ReadOnlySpan<byte> answer)
    {
        var found = new string?[Names.Length];
        var reader = new Utf8JsonReader(answer, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth is 1 && IndexOf(ref reader) is >= 0 and var index && reader.Read())
                {
                    found[index] ??= Value(ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Here it broke off, or is no JSON; what came before counts.
        }

        return found.FirstOrDefault(id => id is not null);
    }

    private static int IndexOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (reader.ValueTextEquals(Names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when reader.GetString() is { } text && !string.IsNullOrWhiteSpace(text) => text,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
