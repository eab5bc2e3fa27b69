using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Json;

/// <summary>
/// The JSON contracts of the caller's own types: the registered resolver first, then reflection where the application allows it. Names follow the naming
/// policy of the context that knows the type; where it has none they are snake_case, which is how the service writes.
/// </summary>
/// <param name="resolver">The registered one, or null.</param>
internal sealed class JsonContracts(IJsonTypeInfoResolver? resolver)
{
    /// <summary>Without a resolver. It caches only what reflection finds, so it is the same for every caller.</summary>
    public static JsonContracts OfReflection { get; } = new(null);

    private readonly ConcurrentDictionary<Type, JsonTypeInfo> _known = new();
    private readonly ConcurrentDictionary<IJsonTypeInfoResolver, JsonSerializerOptions> _options = new();
    private readonly IJsonTypeInfoResolver? _resolver = WithReflection(resolver);

    /// <summary>The contract of a type.</summary>
    /// <param name="perCall">A contract given with the call: used unchanged.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="perCall"/> is the contract of another type, or two members of the type have one JSON name.
    /// </exception>
    /// <exception cref="InvalidOperationException">No resolver knows the type.</exception>
    public JsonTypeInfo<T> For<T>(JsonTypeInfo? perCall = null) => perCall switch
    {
        null => (JsonTypeInfo<T>)(_known.TryGetValue(typeof(T), out var known) ? known : _known.GetOrAdd(typeof(T), Find)),
        JsonTypeInfo<T> given => given,
        _ => throw new ArgumentException(
            $"The type info is for {TypeName.Of(perCall.Type)}; the call needs one for {TypeName.Of(typeof(T))}.", nameof(perCall)),
    };

    private static IEnumerable<IJsonTypeInfoResolver> Parts(IJsonTypeInfoResolver? whole) =>
        whole is null ? [] : whole as IEnumerable<IJsonTypeInfoResolver> ?? [whole];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Behind IsReflectionEnabledByDefault, which trimming turns off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Behind IsReflectionEnabledByDefault, which native compilation turns off.")]
    private static IJsonTypeInfoResolver? WithReflection(IJsonTypeInfoResolver? resolver) =>
        JsonSerializer.IsReflectionEnabledByDefault ? JsonTypeInfoResolver.Combine(resolver, new DefaultJsonTypeInfoResolver()) : resolver;

    private JsonTypeInfo Find(Type type)
    {
        foreach (var part in Parts(_resolver))
        {
            if (TryFind(type, part, out var info))
            {
                return info;
            }
        }

        var name = TypeName.Of(type);
        throw new InvalidOperationException(
            $"No JSON contract for {name}: add [JsonSerializable(typeof({name}))] to your JsonSerializerContext and set TypeInfoResolver.");
    }

    private bool TryFind(Type type, IJsonTypeInfoResolver part, [NotNullWhen(true)] out JsonTypeInfo? info)
    {
        var options = _options.GetOrAdd(part, OptionsFor);
        info = null;
        try
        {
            return part.GetTypeInfo(type, options) is not null && options.TryGetTypeInfo(type, out info);
        }
        catch (InvalidOperationException e)
        {
            // The contract contradicts itself; the serializer's message says where.
            throw new ArgumentException($"{TypeName.Of(type)} cannot be asked for: {e.Message}", e);
        }
    }

    private JsonSerializerOptions OptionsFor(IJsonTypeInfoResolver part)
    {
        var own = (part as JsonSerializerContext)?.Options;
        var options = own is null ? new JsonSerializerOptions() : new JsonSerializerOptions(own);
        options.PropertyNamingPolicy ??= JsonNamingPolicy.SnakeCaseLower;
        options.TypeInfoResolver = _resolver;
        options.MakeReadOnly();
        return options;
    }
}
