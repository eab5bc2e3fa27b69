using System.Text.Json.Serialization;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>How much research a call pays for. Open: a tier the service adds later works through the constructor.</summary>
/// <remarks>
/// The service treats no tier as <see cref="Low"/>. <see cref="High"/> and <see cref="XHigh"/> are granted per organization; without access the service
/// answers 403 (<see cref="PermissionDeniedException"/>). Two tiers are equal when their words are, without regard to letter case.
/// Source: the vendor's people-intelligence and bulk pages.
/// </remarks>
/// <param name="value">The word, sent as it is.</param>
[JsonConverter(typeof(TierJsonConverter))]
public readonly struct Tier(string value) : IEquatable<Tier>
{
    /// <summary>The word as given; empty for <c>default</c>.</summary>
    public string Value { get => field ?? ""; } = value;

    /// <summary>Whether there is a word. <c>default</c> means unspecified and is not sent.</summary>
    public bool IsSpecified => Value.Length > 0;

    /// <summary>The cheapest tier; documented for bulk files, and also seen on single calls.</summary>
    public static Tier Micro => new("micro");

    /// <summary>The service's default.</summary>
    public static Tier Low => new("low");

    /// <summary>More research than <see cref="Low"/>, available in every plan.</summary>
    public static Tier Medium => new("medium");

    /// <summary>Granted per organization; takes minutes, without an upper limit.</summary>
    public static Tier High => new("high");

    /// <summary>Granted per organization; people only.</summary>
    public static Tier XHigh => new("xhigh");

    /// <summary>Equal when the words are, without regard to letter case.</summary>
    /// <param name="other">The tier to compare with.</param>
    public bool Equals(Tier other) => OpenWord.AreEqual(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Tier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenWord.HashCode(Value);

    /// <summary>Equal when the words are, without regard to letter case.</summary>
    /// <param name="left">One tier.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Tier left, Tier right) => left.Equals(right);

    /// <summary>Different when the words are, without regard to letter case.</summary>
    /// <param name="left">One tier.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Tier left, Tier right) => !left.Equals(right);

    /// <summary>The word.</summary>
    public override string ToString() => Value;
}

internal sealed class TierJsonConverter() : OpenWordJsonConverter<Tier>(word => new Tier(word), tier => tier.Value);
