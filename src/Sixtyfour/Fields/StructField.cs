using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>One thing to find: what it is, and the type to get it in.</summary>
/// <remarks>
/// A text by itself (<c>["email"] = "Work email address"</c>) is a description and travels as a plain text. A field made with the constructor or with
/// a method such as <see cref="Int"/> travels as an object with <c>description</c> and <c>type</c>, either of which is optional. A literal
/// (<c>["active"] = false</c>) or <see cref="Example"/> travels as it is, and the service infers the type from it. Fields never change.
/// Source: the vendor's struct and type casting page.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the service's own words.")]
public sealed class StructField
{
    private readonly bool _isPlainText;

    /// <summary>Makes a field that is written as an object.</summary>
    /// <param name="description">What to look for; the more specific, the better the result. Blank counts as none.</param>
    /// <param name="type">The type of the answer. Without one, the type of the input's member of the same name counts, else text.</param>
    public StructField(string? description = null, FieldType? type = null)
    {
        Description = string.IsNullOrWhiteSpace(description) ? null : description;
        Type = type is { Value.Length: > 0 } ? type : null;
        IsList = Type?.IsList() ?? false;
        IsDict = Type == FieldType.Dict;
    }

    private StructField(string? description, bool isPlainText)
        : this(description) => _isPlainText = isPlainText;

    private StructField(JsonElement example)
    {
        ExampleValue = example;
        IsList = example.ValueKind is JsonValueKind.Array;
        IsDict = example.ValueKind is JsonValueKind.Object;
    }

    /// <summary>What to look for.</summary>
    /// <value><see langword="null"/> when only a type or an example was given.</value>
    public string? Description { get; }

    /// <summary>The type of the answer.</summary>
    /// <value><see langword="null"/>: the service decides.</value>
    public FieldType? Type { get; }

    /// <summary>The literal from which the service infers the type.</summary>
    /// <value><see langword="null"/> for every field that was not made from a literal.</value>
    public JsonElement? ExampleValue { get; }

    internal bool IsEmpty => Description is null && Type is null && ExampleValue is null;

    // Cached, because it is read for each value of each answer.
    internal bool IsList { get; }

    internal bool IsDict { get; }

    /// <summary>A field whose type the service infers from a literal. A text is read there as a description.</summary>
    /// <param name="value">The literal, such as <c>95.5</c> or <c>false</c>; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static StructField Example(JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new StructField(JsonText.Parse(value.ToJsonString()));
    }

    /// <summary>A text.</summary>
    /// <param name="description">What to look for.</param>
    public static StructField Str(string? description = null) => new(description, FieldType.Str);

    /// <summary>A number without a fraction.</summary>
    /// <param name="description">What to look for.</param>
    public static StructField Int(string? description = null) => new(description, FieldType.Int);

    /// <summary>A number.</summary>
    /// <param name="description">What to look for.</param>
    public static StructField Float(string? description = null) => new(description, FieldType.Float);

    /// <summary>True or false.</summary>
    /// <param name="description">What to look for.</param>
    public static StructField Bool(string? description = null) => new(description, FieldType.Bool);

    /// <summary>A list of anything.</summary>
    /// <param name="description">What to look for.</param>
    public static StructField List(string? description = null) => new(description, FieldType.List);

    /// <summary>A list whose items are all of one type.</summary>
    /// <param name="item"><see cref="FieldType.Str"/>, <see cref="FieldType.Int"/>, <see cref="FieldType.Float"/> or <see cref="FieldType.Bool"/>.</param>
    /// <param name="description">What to look for.</param>
    /// <exception cref="ArgumentException"><paramref name="item"/> is a list, a dict or empty.</exception>
    public static StructField ListOf(FieldType item, string? description = null) => new(description, FieldType.ListOf(item));

    /// <summary>An object; it may come back as JSON inside a text, which is read as well.</summary>
    /// <param name="description">What to look for.</param>
    public static StructField Dict(string? description = null) => new(description, FieldType.Dict);

    /// <summary>A description, written as a plain text; the answer is a text too, unless the input has a member of that name and another type.</summary>
    /// <param name="description">What to look for.</param>
    public static implicit operator StructField(string description) => new(description, isPlainText: true);

    /// <summary>An example: the answer is true or false.</summary>
    /// <param name="example">Either value.</param>
    public static implicit operator StructField(bool example) => new(JsonText.Parse(example ? "true" : "false"));

    /// <summary>An example: the answer is a number without a fraction.</summary>
    /// <param name="example">Any number.</param>
    public static implicit operator StructField(int example) => (long)example;

    /// <summary>An example: the answer is a number without a fraction.</summary>
    /// <param name="example">Any number.</param>
    public static implicit operator StructField(long example) => new(JsonText.OfInteger(example));

    /// <summary>An example: the answer is a number. A whole one is written with its fraction (<c>95.0</c>), or the service would infer an integer.</summary>
    /// <param name="example">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="example"/> is infinite or not a number, which JSON cannot express.</exception>
    public static implicit operator StructField(double example) => new(JsonText.OfFloat(example));

    /// <summary>The type, if there is one.</summary>
    public override string ToString() => Type is { } type ? $"Field of type {type}" : ExampleValue is null ? "Field" : "Field with an example";

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (ExampleValue is { } example)
        {
            writer.WriteRaw(example);
        }
        else if (_isPlainText)
        {
            writer.WriteStringValue(Description);
        }
        else
        {
            WriteObjectTo(writer);
        }
    }

    private void WriteObjectTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Description is not null)
        {
            writer.WriteString("description"u8, Description);
        }

        if (Type is { } type)
        {
            writer.WriteString("type"u8, type.Value);
        }

        writer.WriteEndObject();
    }
}
