using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Fields;

/// <summary>JSON contracts out of a caller's own options.</summary>
internal static class TolerantContracts
{
    // One copy for each set of options, so that types share what is known of the types inside them; weak, so it ends with the options.
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> s_undemanding = new();

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
    /// The same contract, except that no member has to be there and null may stand anywhere: what did not come is reported as an issue, and must not take
    /// the rest of the answer with it.
    /// </summary>
    public static JsonTypeInfo WithoutDemands(JsonTypeInfo info) =>
        info.Options.TypeInfoResolver is not null
            && TryGet(info.Type, s_undemanding.GetValue(info.Options, WithoutDemands), out var tolerant)
            && HaveSameNames(tolerant, info)
            ? tolerant
            : info;

    private static JsonSerializerOptions WithoutDemands(JsonSerializerOptions options) => new(options)
    {
        TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(DemandNothing),
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    private static void DemandNothing(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            property.IsRequired = false;
        }
    }

    // A contract built or changed by hand is not what its options would give; it is then used as it is.
    private static bool HaveSameNames(JsonTypeInfo one, JsonTypeInfo other) =>
        one.Properties.Select(property => property.Name).SequenceEqual(other.Properties.Select(property => property.Name), StringComparer.Ordinal);
}
