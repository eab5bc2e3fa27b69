using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>The type a field is asked for in. Open: a type the service adds later works through the constructor.</summary>
/// <remarks>
/// A type name that the service does not know is not an error there: the field comes back as text. Use the members of this type.
/// Source: the vendor's struct and type casting page.
/// </remarks>
/// <param name="Value">The type name, sent as it is.</param>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the service's own words.")]
[JsonConverter(typeof(FieldTypeJsonConverter))]
public readonly record struct FieldType(string Value)
{
    /// <summary>The type name as given; empty for <c>default</c>.</summary>
    public string Value { get => field ?? ""; } = Value;

    /// <summary>Text; also what the service falls back to.</summary>
    public static FieldType Str => new("str");

    /// <summary>A number without a fraction.</summary>
    public static FieldType Int => new("int");

    /// <summary>A number.</summary>
    public static FieldType Float => new("float");

    /// <summary>True or false.</summary>
    public static FieldType Bool => new("bool");

    /// <summary>A list of anything.</summary>
    public static FieldType List => new("list");

    /// <summary>An object; the service may send it as JSON inside a text, which is read as well.</summary>
    public static FieldType Dict => new("dict");

    /// <summary>A list whose items are all of one type, such as <c>list[str]</c>.</summary>
    /// <param name="item"><see cref="Str"/>, <see cref="Int"/>, <see cref="Float"/> or <see cref="Bool"/>: the service has no others.</param>
    /// <exception cref="ArgumentException"><paramref name="item"/> is a list, a dict or empty.</exception>
    public static FieldType ListOf(FieldType item) =>
        item == Str || item == Int || item == Float || item == Bool
            ? new($"list[{OpenWord.Canonical(item.Value)}]")
            : throw new ArgumentException(
                $"The service does not support a list of '{item.Value}': use str, int, float or bool, or FieldType.List.", nameof(item));

    internal bool IsList() => OpenWord.Canonical(Value).StartsWith("list", StringComparison.Ordinal);

    /// <summary>Equal when the words are, without regard to letter case.</summary>
    /// <param name="other">The type to compare with.</param>
    public bool Equals(FieldType other) => OpenWord.AreEqual(Value, other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenWord.HashCode(Value);

    /// <summary>The type name.</summary>
    public override string ToString() => Value;
}

internal sealed class FieldTypeJsonConverter() : OpenWordJsonConverter<FieldType>(word => new FieldType(word), type => type.Value);
