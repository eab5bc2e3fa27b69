using System.Globalization;
using System.Text.Json;

namespace Sixtyfour.Json;

/// <summary>Finds the id in the answer to a start, even when the answer is truncated after it or is not quite JSON: the id is paid for.</summary>
internal static class StartedJobId
{
    /// <summary>The names that only a job's id has.</summary>
    public static readonly string[] OwnNames = ["task_id", "taskId", "job_id", "jobId"];

    // "task_id" in every sample of a start; "id" and "job_id" are what the status and the workflow answers call the same value. The best name comes
    // first; a plain "id" inside an envelope may be that of the envelope's own record.
    private static readonly string[] Names = [OwnNames[0], OwnNames[1], "id", OwnNames[2], OwnNames[3]];
    private static readonly string[] Envelopes = ["data", "result", "response", "task", "job"];
    private const int PlainId = 2;

    public static string? Find(ReadOnlySpan<byte> answer)
    {
        var found = new string?[Names.Length + 1];
        var reader = new Utf8JsonReader(WithoutMark(answer), isFinalBlock: false, default);
        try
        {
            Read(ref reader, found);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An invalid member, such as NaN, must not hide the id after it.
            found[Names.Length] ??= FindAfter(WithoutMark(answer).Slice((int)reader.BytesConsumed));
        }

        return found.FirstOrDefault(id => id is not null);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> answer) => answer.StartsWith("\uFEFF"u8) ? answer.Slice(3) : answer;

    private static void Read(ref Utf8JsonReader reader, string?[] found)
    {
        var envelopes = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject)
            {
                envelopes--;
            }
            else if (reader.TokenType is JsonTokenType.StartObject)
            {
                envelopes++;
            }
            else if (reader.TokenType is JsonTokenType.PropertyName && !ReadMember(ref reader, found, isEnveloped: envelopes > 1))
            {
                return;
            }
        }
    }

    // False when the answer ends within the member.
    private static bool ReadMember(ref Utf8JsonReader reader, string?[] found, bool isEnveloped)
    {
        if (IndexOf(ref reader, Names) is >= 0 and var index)
        {
            if (!reader.Read())
            {
                return false;
            }

            found[isEnveloped && index is PlainId ? Names.Length : index] ??= Value(ref reader);
            return reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || reader.TrySkip();
        }

        return IndexOf(ref reader, Envelopes) >= 0 || reader.TrySkip();
    }

    private static int IndexOf(ref Utf8JsonReader reader, string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (reader.ValueTextEquals(names[i]))
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

    // Where the rest cannot be read as JSON, the text is searched for a name that only a job's id has.
    private static string? FindAfter(ReadOnlySpan<byte> rest)
    {
        foreach (var name in OwnNames)
        {
            var quoted = System.Text.Encoding.UTF8.GetBytes($"\"{name}\"");
            for (var at = rest.IndexOf(quoted); at >= 0;)
            {
                if (ValueAfter(rest.Slice(at + quoted.Length)) is { } id)
                {
                    return id;
                }

                var next = rest.Slice(at + 1).IndexOf(quoted);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }

        return null;
    }

    private static string? ValueAfter(ReadOnlySpan<byte> text)
    {
        var colon = 0;
        while (colon < text.Length && text[colon] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            colon++;
        }

        if (colon == text.Length || text[colon] is not (byte)':')
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(text.Slice(colon + 1), isFinalBlock: false, default);
            return reader.Read() ? Value(ref reader) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
