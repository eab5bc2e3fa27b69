using System.Globalization;
using System.Text.Json;

namespace Sixtyfour.Json;

/// <summary>Finds the id in the answer to a start, even when the answer is truncated after it or is not quite JSON: the id is paid for.</summary>
internal static class StartedJobId
{
    /// <summary>The names that only a job's id has.</summary>
    public static readonly string[] OwnNames = ["task_id", "taskId", "job_id", "jobId"];

    private static readonly string[] Envelopes = ["data", "result", "response", "task", "job"];
    private static readonly string[] Errors = ["error", "errors", "error_message"];

    public static string? Find(ReadOnlySpan<byte> answer)
    {
        var found = new Found();
        var reader = new Utf8JsonReader(WithoutMark(answer), isFinalBlock: false, default);
        string? after = null;
        try
        {
            Read(ref reader, found);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An invalid member, such as NaN, must not hide the id after it.
            after = FindAfter(WithoutMark(answer).Slice((int)reader.BytesConsumed));
        }

        return found.OwnId ?? after ?? found.PlainId;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> answer) => answer.StartsWith("\uFEFF"u8) ? answer.Slice(3) : answer;

    private static void Read(ref Utf8JsonReader reader, Found found)
    {
        var isJob = false;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject)
            {
                found.Close();
            }
            else if (reader.TokenType is JsonTokenType.StartObject)
            {
                found.Open(isJob);
            }
            else if (reader.TokenType is JsonTokenType.PropertyName)
            {
                isJob = reader.ValueTextEquals("task"u8) || reader.ValueTextEquals("job"u8);
                if (!ReadMember(ref reader, found))
                {
                    return;
                }
            }
        }
    }

    // False when the answer ends within the member.
    private static bool ReadMember(ref Utf8JsonReader reader, Found found)
    {
        var own = IndexOf(ref reader, OwnNames);
        var isId = reader.ValueTextEquals("id"u8);
        var isStatus = reader.ValueTextEquals("status"u8);
        var isError = IndexOf(ref reader, Errors) >= 0;
        if (own < 0 && !isId && !isStatus && !isError)
        {
            return IndexOf(ref reader, Envelopes) >= 0 || reader.TrySkip();
        }

        if (!reader.Read())
        {
            return false;
        }

        if (own >= 0)
        {
            found.AddOwn(own, Value(ref reader));
        }
        else if (isId)
        {
            found.Level.Id ??= Value(ref reader);
        }
        else if (isStatus && reader.TokenType is JsonTokenType.String)
        {
            found.AddStatus(Value(ref reader));
        }
        else if (isError)
        {
            found.HasError |= TellsSomething(reader);
        }

        return reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || reader.TrySkip();
    }

    // The reader is a copy: the caller's stays where it is.
    private static bool TellsSomething(Utf8JsonReader value) => value.TokenType switch
    {
        JsonTokenType.Null or JsonTokenType.False => false,
        JsonTokenType.String => Value(ref value) is not null,
        JsonTokenType.StartObject or JsonTokenType.StartArray => !value.Read() || value.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray),
        _ => true,
    };

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

    /// <summary>
    /// The ids of an answer. The best name comes first, and of one name the outermost. A plain <c>id</c> may be that of a request or a record: it counts in
    /// an object that is called a job or has a status word, and only where no error is reported.
    /// </summary>
    private sealed class Found
    {
        private readonly (string? Id, int Depth)[] _own = new (string?, int)[OwnNames.Length];
        private readonly Stack<Level> _open = new();
        private Level? _plain;

        public bool HasError { get; set; }

        public Level Level => _open.Peek();

        public string? OwnId => _own.FirstOrDefault(own => own.Id is not null).Id;

        public string? PlainId
        {
            get
            {
                // The answer may be truncated.
                while (_open.Count > 0)
                {
                    Close();
                }

                return HasError ? null : _plain?.Id;
            }
        }

        public void Open(bool isJob) => _open.Push(new() { IsJob = isJob });

        public void Close()
        {
            var depth = _open.Count;
            var level = _open.Pop();
            level.Depth = depth;
            if (level is { Id: not null, IsJob: true } && (_plain is null || depth < _plain.Depth))
            {
                _plain = level;
            }
        }

        public void AddOwn(int name, string? id)
        {
            if (id is not null && (_own[name].Id is null || _open.Count < _own[name].Depth))
            {
                _own[name] = (id, _open.Count);
            }
        }

        public void AddStatus(string? word)
        {
            var status = word is null ? null : OpenWord.Canonical(word);
            HasError |= status is "error" or "failed" or "failure";
            Level.IsJob |= status is not null;
        }
    }

    private sealed class Level
    {
        public string? Id { get; set; }

        public bool IsJob { get; set; }

        public int Depth { get; set; }
    }
}
