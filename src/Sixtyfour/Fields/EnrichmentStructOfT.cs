using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>
/// What to find and the C# type to read the answer as: <see cref="EnrichmentStruct.For{T}"/>, or <see cref="EnrichmentStruct.ReadAs{T}"/> for other fields.
/// It never changes and can be kept and shared.
/// </summary>
/// <typeparam name="T">The type of the answer.</typeparam>
public sealed class EnrichmentStruct<T>
{
    private static readonly EnrichmentStruct<T> s_ofType = new(null, null);

    private readonly EnrichmentStruct? _fields;

    internal EnrichmentStruct(EnrichmentStruct? fields, JsonTypeInfo<T>? typeInfo)
    {
        _fields = fields;
        TypeInfo = typeInfo;
    }

    /// <summary>What is asked: for an untyped method, or to be changed and then given with <see cref="EnrichmentStruct.ReadAs{T}"/>.</summary>
    /// <value>
    /// A copy of its own each time. Without fields and without <see cref="TypeInfo"/> they are derived by reflection here; a call derives them with the
    /// contract of its client, whose names may differ.
    /// </value>
    /// <exception cref="ArgumentException">The fields cannot be derived from the type, see <see cref="EnrichmentStruct.For{T}"/>.</exception>
    /// <exception cref="InvalidOperationException">There is no <see cref="TypeInfo"/>, and the application does not allow reflection.</exception>
    public EnrichmentStruct Fields => Asked(Contract(JsonContracts.OfReflection));

    /// <summary>The JSON contract of the type, used just as it is.</summary>
    /// <value><see langword="null"/>: the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/> of the client that makes the call.</value>
    public JsonTypeInfo<T>? TypeInfo { get; }

    /// <summary>Names the type; never a field.</summary>
    public override string ToString() => $"Struct of {TypeName.Of(typeof(T))}";

    /// <summary>What a typed call was given through its options; without anything the fields of the type.</summary>
    internal static EnrichmentStruct<T> In(object? given) => given switch
    {
        null => s_ofType,
        EnrichmentStruct<T> fields => fields,
        _ => throw new ArgumentException(
            $"The options carry a {given}, which was given with another call; this one is about {TypeName.Of(typeof(T))}.", nameof(given)),
    };

    internal JsonTypeInfo<T> Contract(JsonContracts contracts) => contracts.For<T>(TypeInfo);

    internal EnrichmentStruct Asked(JsonTypeInfo<T> contract) => _fields?.Copy() ?? EnrichmentStruct.From(contract);
}
