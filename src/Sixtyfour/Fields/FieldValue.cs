using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sixtyfour.Fields;

namespace Sixtyfour;

/// <summary>One value of an answer, with methods that read it as the type you want. Nothing here throws.</summary>
/// <remarks>
/// Every <c>As…</c> method returns <see langword="null"/> both for "not found" and for "does not fit"; <see cref="IsMissing"/> and <see cref="Raw"/>
/// distinguish them. Repairs are the same as in typed reading: <c>41</c>, <c>"41"</c> and <c>41.0</c> are the same number, <c>"about 40"</c> is not a number.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct FieldValue
{
    private readonly string? _name;
    private readonly bool _isAskedAsList;
    private readonly bool _isAskedAsDict;

    internal FieldValue(string name, JsonElement raw, double? confidence = null, bool isAskedAsList = false, bool isAskedAsDict = false)
    {
        _name = name;
        _isAskedAsList = isAskedAsList;
        _isAskedAsDict = isAskedAsDict;
        Raw = raw;
        Confidence = confidence;
    }

    /// <summary>The member's JSON name, or the name asked for when there is no such member.</summary>
    public string Name => _name ?? "";

    /// <summary>Nothing was found: no such member, null, a blank text, an empty list or an empty object.</summary>
    public bool IsMissing => Raw.IsNothing() || Raw.IsEmptyList() || Raw.IsEmptyDict()
        || (_isAskedAsList && Raw.IsEmptyListText()) || (_isAskedAsDict && Raw.IsEmptyDictText());

    /// <summary>The confidence of the service in this value, from 0 to 100 as sent.</summary>
    /// <value><see langword="null"/> when it was not asked for or is not known.</value>
    public double? Confidence { get; }

    /// <summary>The value exactly as sent; <see cref="JsonValueKind.Undefined"/> when there is no such member.</summary>
    public JsonElement Raw { get; }

    /// <summary>The text; of a number or a Boolean its JSON spelling.</summary>
    /// <returns><see langword="null"/> when nothing was found, never an empty text; also for lists and objects.</returns>
    public string? AsString() => ScalarReading.Text(Raw);

    /// <summary>The number, when it has no fraction and fits.</summary>
    /// <returns><see langword="null"/> when nothing was found or it does not fit.</returns>
    public int? AsInt32() => AsInt64() is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>The number, when it has no fraction and fits.</summary>
    /// <returns><see langword="null"/> when nothing was found or it does not fit.</returns>
    public long? AsInt64() =>
        NumberReading.TryReadInteger(Raw, out var digits) && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The number, when it is finite.</summary>
    /// <returns><see langword="null"/> when nothing was found or it does not fit.</returns>
    public double? AsDouble() => NumberReading.TryRead(Raw, out var text) ? NumberReading.ToFinite(text) : null;

    /// <summary>The Boolean; also from the texts yes, no, true and false.</summary>
    /// <returns><see langword="null"/> when nothing was found or it does not fit.</returns>
    public bool? AsBoolean() => ScalarReading.Boolean(Raw);

    /// <summary>The items of an array, or of a text in list notation. A text with commas is split only when the field was asked for as a list.</summary>
    /// <returns><see langword="null"/> when nothing was found or an item is neither a text nor a number nor a Boolean. Blank items are left out.</returns>
    public IReadOnlyList<string>? AsStrings()
    {
        if (IsMissing || !ListReading.TryRead(Raw, _isAskedAsList, out var list))
        {
            return null;
        }

        var items = list.EnumerateArray().Where(item => !item.IsNothing()).ToList();
        var texts = items.Select(ScalarReading.Text).OfType<string>().ToList();
        return texts.Count == 0 || texts.Count < items.Count ? null : texts;
    }

    /// <summary>The object or list, also when it came as JSON inside a text.</summary>
    /// <returns><see langword="null"/> when nothing was found or it is neither.</returns>
    public JsonElement? AsJson()
    {
        if (IsMissing)
        {
            return null;
        }

        return Raw.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Raw
            : DictReading.TryRead(Raw, out var found) || ListReading.TryRead(Raw, splits: false, out found) ? found
            : null;
    }

    /// <summary>The name; never the value.</summary>
    public override string ToString() => Name;
}
