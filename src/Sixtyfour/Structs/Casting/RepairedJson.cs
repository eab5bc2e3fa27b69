using System.Globalization;
using System.Text;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>The JSON that the member types' converters get to see, and what had to be done to make it.</summary>
internal sealed class RepairedJson : IDisposable
{
    // A type may contain itself, and the answer may go as deep as it likes.
    private const int MaxDepth = 60;

    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly List<object> _path = [];
    private string? _pendingName;

    public RepairedJson() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    public List<FieldIssue> Issues { get; } = [];

    /// <summary>Whether a text at this place was asked for as a list, so that commas separate its items.</summary>
    public bool SplitsCommas { get; set; }

    public bool IsTooDeep => _path.Count > MaxDepth;

    public ReadOnlySpan<byte> WrittenUtf8
    {
        get
        {
            _writer.Flush();
            return _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _buffer.Dispose();
    }

    /// <summary>Goes to a member. Its name is written with its value, so a member that turns out unfit leaves nothing behind.</summary>
    public void EnterMember(string name)
    {
        _path.Add(name);
        _pendingName = name;
    }

    /// <summary>Goes to an item of a list, or with a <paramref name="name"/> to an entry of a dictionary.</summary>
    public void EnterItem(int index, string? name = null)
    {
        _path.Add(index);
        _pendingName = name;
    }

    public void Leave()
    {
        _path.RemoveAt(_path.Count - 1);
        _pendingName = null;
    }

    public void Report(FieldIssueKind kind, string expected, JsonElement raw) => Issues.Add(new FieldIssue(Path(), kind, expected, raw));

    public void StartObject()
    {
        WriteName();
        _writer.WriteStartObject();
    }

    public void EndObject() => _writer.WriteEndObject();

    public void StartArray()
    {
        WriteName();
        _writer.WriteStartArray();
    }

    public void EndArray() => _writer.WriteEndArray();

    public Fit Raw(JsonElement value, Fit fit = Fit.Exact)
    {
        WriteName();
        _writer.WriteRaw(value);
        return fit;
    }

    public Fit Json(string json, Fit fit = Fit.Repaired)
    {
        WriteName();
        _writer.WriteRawValue(json, skipInputValidation: true);
        return fit;
    }

    public Fit Text(string text, Fit fit = Fit.Repaired)
    {
        WriteName();
        _writer.WriteStringValue(text);
        return fit;
    }

    private void WriteName()
    {
        if (_pendingName is not null)
        {
            _writer.WritePropertyName(_pendingName);
            _pendingName = null;
        }
    }

    private string Path()
    {
        var path = new StringBuilder();
        foreach (var step in _path)
        {
            if (step is int index)
            {
                path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                path.Append(path.Length == 0 ? "" : ".").Append(step);
            }
        }

        return path.ToString();
    }
}
