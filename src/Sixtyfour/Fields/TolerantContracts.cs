using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Fields;

/// <summary>JSON contracts from a caller's own options.</summary>
internal static class TolerantContracts
{
    // One copy for each set of options, so that types share the contracts of the types inside them; weak, so that it lives as long as the options.
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> s_lenient = new();

    public static bool TryGet(Type type, JsonSerializerOptions options, [NotNullWhen(true)] out JsonTypeInfo? info)
    {
        info = null;
        if (options.TypeInfoResolver is null)
        {
            return false;
        }

        options.MakeReadOnly();
        return options.TryGetTypeInfo(type, out info);
    }

    /// <summary>
    /// The same contract without required members and non-null checks: a missing value is reported as an issue and must not make the rest of the answer
    /// unreadable.
    /// </summary>
    public static JsonTypeInfo Lenient(JsonTypeInfo info) =>
        info.Options.TypeInfoResolver is not null
            && TryGet(info.Type, s_lenient.GetValue(info.Options, Lenient), out var tolerant)
            && HaveSameNames(tolerant, info)
            ? tolerant
            : info;

    private static JsonSerializerOptions Lenient(JsonSerializerOptions options) => new(options)
    {
        TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(RequireNothing),
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    private static void RequireNothing(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            property.IsRequired = false;
        }
    }

    // A contract that was built or changed by hand differs from that of its options; it is used as it is.
    private static bool HaveSameNames(JsonTypeInfo one, JsonTypeInfo other) =>
        one.Properties.Select(property => property.Name).SequenceEqual(other.Properties.Select(property => property.Name), StringComparer.Ordinal);
}
