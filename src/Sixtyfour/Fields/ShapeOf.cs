using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>Derives the shape of a C# type from its JSON contract.</summary>
internal static class ShapeOf
{
    public static ValueShape Member(JsonPropertyInfo property) => Of(property.PropertyType, property.Options, property.CustomConverter);

    public static ValueShape Type(Type type, JsonSerializerOptions options) => Of(type, options, converter: null);

    private static ValueShape Of(Type type, JsonSerializerOptions options, JsonConverter? converter)
    {
        var (plain, expected) = (Nullable.GetUnderlyingType(type) ?? type, TypeName.Of(type));
        if (!TolerantContracts.TryGet(plain, options, out var info) || IsForeign(converter ?? info.Converter))
        {
            return new CustomShape(expected);
        }

        return plain.IsEnum ? new EnumShape(expected, new EnumNames(plain, EnumInfo(type, info, converter)))
            : Scalar(plain, expected) ?? Composite(info, expected);
    }

    private static ValueShape Composite(JsonTypeInfo info, string expected) => info.Kind switch
    {
        JsonTypeInfoKind.Object => new ObjectShape(expected, TypePlan.For(info)),
        JsonTypeInfoKind.Enumerable when info.ElementType is { } item => new ListShape(expected, Item(item, info.Options), CanBeNull(item)),
        JsonTypeInfoKind.Dictionary when info.ElementType is { } value => new DictionaryShape(expected, Item(value, info.Options), CanBeNull(value)),
        _ => new CustomShape(expected, $"the service has no type for {expected}; use a text, a number, a list, an object or JsonElement"),
    };

    // Lazy, because a type may contain itself.
    private static Lazy<ValueShape> Item(Type type, JsonSerializerOptions options) => new(() => Type(type, options));

    private static bool CanBeNull(Type item) => Nullable.GetUnderlyingType(item) is not null;

    private static bool IsForeign(JsonConverter converter) => converter.GetType().Assembly != typeof(JsonSerializer).Assembly;

    // A property may write its enum in another way than the type does; the property's way counts.
    private static JsonTypeInfo EnumInfo(Type type, JsonTypeInfo info, JsonConverter? converter)
    {
        if (converter is null)
        {
            return info;
        }

        var options = new JsonSerializerOptions(info.Options);
        options.Converters.Insert(0, converter);
        return TolerantContracts.TryGet(type, options, out var own) ? own : info;
    }

    // By name, because netstandard2.0 lacks DateOnly but runs on frameworks that have it.
    private static ValueShape? Scalar(Type type, string expected) => type.FullName switch
    {
        "System.String" or "System.Char" => new TextShape(expected),
        "System.Boolean" => new BooleanShape(),
        "System.SByte" => new IntegerShape(expected, sbyte.MinValue, sbyte.MaxValue),
        "System.Byte" => new IntegerShape(expected, byte.MinValue, byte.MaxValue),
        "System.Int16" => new IntegerShape(expected, short.MinValue, short.MaxValue),
        "System.UInt16" => new IntegerShape(expected, ushort.MinValue, ushort.MaxValue),
        "System.Int32" => new IntegerShape(expected, int.MinValue, int.MaxValue),
        "System.UInt32" => new IntegerShape(expected, uint.MinValue, uint.MaxValue),
        "System.Int64" => new IntegerShape(expected, long.MinValue, long.MaxValue),
        "System.UInt64" => new IntegerShape(expected, ulong.MinValue, ulong.MaxValue),
        "System.Int128" => new IntegerShape(expected, -BigInteger.Pow(2, 127), BigInteger.Pow(2, 127) - 1),
        "System.UInt128" => new IntegerShape(expected, 0, BigInteger.Pow(2, 128) - 1),
        "System.Half" => new FloatShape(expected, NumberReading.FitsHalf),
        "System.Single" => new FloatShape(expected, number => NumberReading.ToSingle(number) is not null),
        "System.Double" => new FloatShape(expected, number => NumberReading.ToFinite(number) is not null),
        "System.Decimal" => new FloatShape(expected, number => NumberReading.ToDecimal(number) is not null),
        "System.DateOnly" => new TextFormShape(expected, "date as yyyy-MM-dd", DateText.ToDate),
        "System.DateTime" => new TextFormShape(expected, "date and time in ISO 8601", DateText.ToDateTime),
        "System.DateTimeOffset" => new TextFormShape(expected, "date and time in ISO 8601 with offset", DateText.ToDateTimeOffset),
        "System.TimeOnly" => new TextFormShape(expected, "time as HH:mm:ss", DateText.ToTime),
        "System.Guid" => new TextFormShape(expected, "UUID with hyphens", GuidText.Read),
        "System.Uri" => new TextFormShape(expected, "one full address with https://", AddressText.Read),
        "System.Object" or "System.Text.Json.JsonElement" or "System.Text.Json.JsonDocument" => new UntypedShape(expected),
        "System.Text.Json.Nodes.JsonNode" or "System.Text.Json.Nodes.JsonValue" => new UntypedShape(expected),
        "System.Text.Json.Nodes.JsonArray" => AnyList(expected),
        "System.Text.Json.Nodes.JsonObject" => AnyDict(expected),
        _ => null,
    };

    private static ListShape AnyList(string expected) => new(expected, new(() => new UntypedShape("JsonNode")), itemCanBeNull: true);

    private static DictionaryShape AnyDict(string expected) => new(expected, new(() => new UntypedShape("JsonNode")), valueCanBeNull: true);
}
