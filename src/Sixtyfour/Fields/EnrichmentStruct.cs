using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>What to find: named fields, in the order they were added. At most 100, at no extra cost for each.</summary>
/// <remarks>Names are sent just as they are and come back unchanged. Fill it before the call; it is read when the call begins.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The service's own word for it is struct.")]
public sealed class EnrichmentStruct : IEnumerable<KeyValuePair<string, StructField>>
{
    /// <summary>How many fields the service takes in one struct.</summary>
    internal const int MaxFields = 100;

    private readonly List<KeyValuePair<string, StructField>> _fields;

    /// <summary>Makes an empty struct.</summary>
    public EnrichmentStruct() => _fields = [];

    internal EnrichmentStruct(IEnumerable<KeyValuePair<string, StructField>> fields) => _fields = [.. fields];

    /// <summary>How many fields there are.</summary>
    public int Count => _fields.Count;

    /// <summary>The field of that name; setting it adds or replaces it.</summary>
    /// <param name="name">The name it is sent and answered under; letter case counts.</param>
    /// <exception cref="KeyNotFoundException">Getting: there is no field <paramref name="name"/>.</exception>
    /// <exception cref="ArgumentException">
    /// Setting: <paramref name="name"/> is blank, the field has neither description nor type nor example, or it would be the 101st.
    /// </exception>
    /// <exception cref="ArgumentNullException">The name or the field is null.</exception>
    public StructField this[string name]
    {
        get => Find(name) ?? throw new KeyNotFoundException($"There is no field '{name}'.");
        set
        {
            Check(name, value);
            var index = IndexOf(name);
            if (index < 0)
            {
                Append(name, value);
            }
            else
            {
                _fields[index] = new(name, value);
            }
        }
    }

    /// <summary>What to find, from a C# type: one field for each property that can be read back. Typed calls accept it.</summary>
    /// <remarks>
    /// The name is the property's JSON name, and the description its <see cref="System.ComponentModel.DescriptionAttribute"/>, on the property or on the
    /// constructor parameter it comes from, else its C# name in words. Texts, addresses, GUIDs, dates and enums are asked for as <c>str</c>, with the format
    /// or the allowed names added to the description; integers as <c>int</c>, other numbers as <c>float</c>, <see cref="bool"/> as <c>bool</c>, lists
    /// of those as <c>list[…]</c>, lists of anything else as <c>list</c>, dictionaries and objects as <c>dict</c>; <see cref="JsonElement"/> has no type.
    /// </remarks>
    /// <typeparam name="T">The type to read the answer as.</typeparam>
    /// <param name="typeInfo">
    /// Its JSON contract, used just as it is. <see langword="null"/>: the contract of the client that makes the call
    /// (<see cref="SixtyfourClientOptions.TypeInfoResolver"/>), and the fields are derived then.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The type has no properties (a context with <c>GenerationMode = Serialization</c> has none), more than 100, two of the same JSON name, or one
    /// whose type cannot be asked for; the message names it.
    /// </exception>
    public static EnrichmentStruct<T> For<T>(JsonTypeInfo<T>? typeInfo = null) => new(typeInfo is null ? null : From(typeInfo), typeInfo);

    /// <summary>These fields, with the answer read as a C# type: for other fields than those of the type.</summary>
    /// <typeparam name="T">The type to read the answer as.</typeparam>
    /// <param name="typeInfo">
    /// Its JSON contract, used just as it is. <see langword="null"/>: the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/> of the client that
    /// makes the call.
    /// </param>
    /// <returns>A copy: later changes here do not affect it.</returns>
    public EnrichmentStruct<T> ReadAs<T>(JsonTypeInfo<T>? typeInfo = null) => new(Copy(), typeInfo);

    /// <summary>Adds a field.</summary>
    /// <param name="name">The name it is sent and answered under; letter case counts.</param>
    /// <param name="field">What to find.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is blank or taken, the field has neither description nor type nor example, or it would be the 101st.
    /// </exception>
    /// <exception cref="ArgumentNullException">The name or the field is null.</exception>
    public void Add(string name, StructField field)
    {
        Check(name, field);
        if (IndexOf(name) >= 0)
        {
            throw new ArgumentException($"There is already a field '{name}'.", nameof(name));
        }

        Append(name, field);
    }

    /// <summary>The fields in the order they were added.</summary>
    public IEnumerator<KeyValuePair<string, StructField>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names of the fields.</summary>
    public override string ToString() => $"Struct of {Count} fields: {string.Join(", ", _fields.Select(field => field.Key))}";

    /// <summary>A snapshot: changes by the caller after the call has begun must not affect the reading of the answer.</summary>
    internal EnrichmentStruct Copy() => new(_fields);

    internal static EnrichmentStruct From<T>(JsonTypeInfo<T> typeInfo) => new(TypePlan.For(typeInfo).Fields);

    internal StructField? Find(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? null : _fields[index].Value;
    }

    internal IReadOnlyList<string> MissingIn(JsonElement structuredData)
    {
        var members = new StructMembers(structuredData, asked: this);
        List<string>? missing = null;
        foreach (var field in _fields)
        {
            if (IsMissing(field.Value, members.Find(field.Key)))
            {
                (missing ??= []).Add(field.Key);
            }
        }

        return missing is null ? [] : missing;
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var field in _fields)
        {
            writer.WritePropertyName(field.Key);
            field.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static bool IsMissing(StructField field, JsonElement raw) =>
        new FieldValue("", raw, isAskedAsList: field.IsList, isAskedAsDict: field.IsDict).IsMissing;

    private static void Check(string name, StructField field)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (field is null)
        {
            throw new ArgumentNullException(nameof(field), $"The field '{name}' is null.");
        }

        if (field.IsEmpty)
        {
            throw new ArgumentException($"The field '{name}' has neither a description nor a type nor an example: set one of them.", nameof(field));
        }
    }

    private void Append(string name, StructField field)
    {
        if (Count == MaxFields)
        {
            throw new ArgumentException($"The field '{name}' is one too many: the service takes at most {MaxFields} fields in a struct.", nameof(name));
        }

        _fields.Add(new(name, field));
    }

    // At most a hundred names: a scan costs less than a dictionary for each call.
    private int IndexOf(string name)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (string.Equals(_fields[i].Key, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

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

    /// <summary>The fields, for an untyped method, or to change and pass on with <see cref="EnrichmentStruct.ReadAs{T}"/>.</summary>
    /// <value>
    /// A new copy each time. Without fields and without <see cref="TypeInfo"/> they are derived by reflection here; a call derives them with the
    /// contract of its client, which may have other names.
    /// </value>
    /// <exception cref="ArgumentException">The fields cannot be derived from the type, see <see cref="EnrichmentStruct.For{T}"/>.</exception>
    /// <exception cref="InvalidOperationException">There is no <see cref="TypeInfo"/>, and the application does not allow reflection.</exception>
    public EnrichmentStruct Fields => Asked(Contract(JsonContracts.OfReflection));

    /// <summary>The JSON contract of the type, used just as it is.</summary>
    /// <value><see langword="null"/>: the one from <see cref="SixtyfourClientOptions.TypeInfoResolver"/> of the client that makes the call.</value>
    public JsonTypeInfo<T>? TypeInfo { get; }

    /// <summary>Names the type; never a field.</summary>
    public override string ToString() => $"Struct of {TypeName.Of(typeof(T))}";

    /// <summary>What the options of a typed call carry; null for the fields of the type.</summary>
    internal static EnrichmentStruct<T> In(object? given) => given switch
    {
        null => s_ofType,
        EnrichmentStruct<T> fields => fields,
        _ => throw new ArgumentException(
            $"The options carry a {given} of another call; this one is for {TypeName.Of(typeof(T))}.", nameof(given)),
    };

    internal JsonTypeInfo<T> Contract(JsonContracts contracts) => contracts.For<T>(TypeInfo);

    internal EnrichmentStruct Asked(JsonTypeInfo<T> contract) => _fields?.Copy() ?? EnrichmentStruct.From(contract);
}
