using System.Text;
using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>The JSON that the converters of the member types read, and the repairs that produced it.</summary>
internal sealed class RepairedJson : IDisposable
{
    // A type may contain itself, and the answer may be nested to any depth.
    private const int MaxDepth = 60;

    private readonly MemoryStream? _buffer;
    private readonly Utf8JsonWriter? _writer;
    private readonly List<Step> _path = [];
    private string? _pendingName;

    public RepairedJson()
        : this(new MemoryStream())
    {
    }

    private RepairedJson(MemoryStream? buffer)
    {
        _buffer = buffer;
        _writer = buffer is null ? null : new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
    }

    public List<FieldIssue> Issues { get; } = [];

    /// <summary>Whether the JSON differs from the answer. Most answers need no repair, and then nothing has to be written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether the current member was asked for as a list, so that a text is split at its separators.</summary>
    public bool SplitsTexts { get; set; }

    public bool IsTooDeep => _path.Count > MaxDepth;

    public ReadOnlySpan<byte> WrittenUtf8
    {
        get
        {
            _writer!.Flush();
            return _buffer!.GetBuffer().AsSpan(0, (int)_buffer.Length);
        }
    }

    /// <summary>One that writes nothing, and so only tells whether values fit and need a change.</summary>
    public static RepairedJson Trial() => new(buffer: null);

    public void Dispose()
    {
        _writer?.Dispose();
        _buffer?.Dispose();
    }

    /// <summary>Enters a member. Its name is written with its value, so an unreadable member leaves nothing in the JSON.</summary>
    public void EnterMember(string name)
    {
        _path.Add(new(name, 0));
        _pendingName = name;
    }

    /// <summary>Enters an item of a list, or with a <paramref name="name"/> an entry of a dictionary.</summary>
    public void EnterItem(int index, string? name = null)
    {
        _path.Add(new(null, index));
        _pendingName = name;
    }

    public void Leave()
    {
        _path.RemoveAt(_path.Count - 1);
        _pendingName = null;
    }

    /// <summary>Leaves the value out.</summary>
    public void Omit() => IsChanged = true;

    public void Report(FieldIssueKind kind, string expected, JsonElement raw)
    {
        IsChanged = true;
        Issues.Add(new FieldIssue { Name = Path(), Kind = kind, Expected = expected, Raw = raw });
    }

    public void StartObject()
    {
        WriteName();
        _writer?.WriteStartObject();
    }

    public void EndObject() => _writer?.WriteEndObject();

    public void StartArray()
    {
        WriteName();
        _writer?.WriteStartArray();
    }

    public void EndArray() => _writer?.WriteEndArray();

    public Fit Raw(JsonElement value)
    {
        WriteName();
        _writer?.WriteRaw(value);
        return Fit.Exact;
    }

    /// <summary>Writes the same value in another form, which does not count as a repair.</summary>
    public Fit Replace(JsonElement value)
    {
        IsChanged = true;
        return Raw(value);
    }

    public Fit Json(string json, Fit fit = Fit.Repaired)
    {
        IsChanged = true;
        WriteName();
        _writer?.WriteRawValue(json, skipInputValidation: true);
        return fit;
    }

    public Fit Text(string text)
    {
        IsChanged = true;
        WriteName();
        _writer?.WriteStringValue(text);
        return Fit.Repaired;
    }

    private void WriteName()
    {
        if (_pendingName is not null)
        {
            _writer?.WritePropertyName(_pendingName);
            _pendingName = null;
        }
    }

    private string Path()
    {
        var path = new StringBuilder();
        foreach (var step in _path)
        {
            path.Append(step.Name is null ? FormattableString.Invariant($"[{step.Index}]") : path.Length == 0 ? step.Name : "." + step.Name);
        }

        return path.ToString();
    }

    private readonly record struct Step(string? Name, int Index);
}

/// <summary>How well a value fits the wanted type.</summary>
internal enum Fit
{
    /// <summary>It has the expected form.</summary>
    Exact,

    /// <summary>It has another form with a clear meaning.</summary>
    Repaired,

    /// <summary>It cannot be read without guessing; nothing was written.</summary>
    Unfit,
}
