using System.Globalization;

namespace Sixtyfour;

/// <summary>One setting of the client: its name, how it is copied and checked, and how it reads as text.</summary>
/// <param name="name">As in code, with the group before it: <c>Retry.MaxRetries</c>.</param>
internal abstract class Setting(string name)
{
    public string Name => name;

    /// <summary>The name in configuration: <c>Retry:MaxRetries</c>.</summary>
    public string Path => name.Replace('.', ':');

    /// <summary>The expected text in configuration; null for settings that only code can set.</summary>
    public abstract string? Expected { get; }

    /// <summary>The setting is a list, and each item is read separately.</summary>
    public virtual bool IsList => false;

    public abstract void Copy(SixtyfourClientOptions source, SixtyfourClientOptions target);

    /// <summary>False when the text cannot be read.</summary>
    public abstract bool TryRead(string text, SixtyfourClientOptions target);

    /// <summary>What is wrong with the value, with the fix.</summary>
    public abstract IEnumerable<string> Problems(SixtyfourClientOptions options);
}

/// <inheritdoc/>
internal sealed class Setting<T>(
    string name,
    Func<SixtyfourClientOptions, T> get,
    Action<SixtyfourClientOptions, T> set,
    TextForm<T>? form = null,
    Func<SixtyfourClientOptions, string?>? problem = null)
    : Setting(name)
{
    public override string? Expected => form?.Expected;

    public override void Copy(SixtyfourClientOptions source, SixtyfourClientOptions target) => set(target, get(source));

    public override bool TryRead(string text, SixtyfourClientOptions target)
    {
        if (form is null || !form.Parse(text, out var value))
        {
            return false;
        }

        set(target, value);
        return true;
    }

    public override IEnumerable<string> Problems(SixtyfourClientOptions options) => problem?.Invoke(options) is { } text ? [text] : [];
}

/// <summary>A setting that holds several values.</summary>
internal sealed class ListSetting<T>(
    string name, Func<SixtyfourClientOptions, IList<T>> get, TextForm<T>? form = null, Func<T, string?>? problem = null)
    : Setting(name)
{
    public override string? Expected => form?.Expected;

    public override bool IsList => true;

    public override void Copy(SixtyfourClientOptions source, SixtyfourClientOptions target)
    {
        T[] items = [.. get(source)];
        get(target).Clear();
        foreach (var item in items)
        {
            get(target).Add(item);
        }
    }

    public override bool TryRead(string text, SixtyfourClientOptions target)
    {
        if (form is null || !form.Parse(text, out var value))
        {
            return false;
        }

        get(target).Add(value);
        return true;
    }

    public override IEnumerable<string> Problems(SixtyfourClientOptions options) =>
        problem is null ? [] : get(options).Select(problem).OfType<string>();
}

/// <summary>The text form of a value in configuration.</summary>
/// <param name="Expected">Describes the text, for an error message.</param>
/// <param name="Parse">Reads it.</param>
internal sealed record TextForm<T>(string Expected, TextForm<T>.Parser Parse)
{
    public delegate bool Parser(string text, out T value);
}

/// <summary>The forms that occur in configuration.</summary>
internal static class TextForms
{
    public static readonly TextForm<string?> Text = new("a string", (string text, out string? value) => (value = text) is not null);

    public static readonly TextForm<bool> Flag = new("true or false", bool.TryParse);

    // A number alone would be read as days, but usually means seconds.
    public static readonly TextForm<TimeSpan> Time = new("a time such as 00:15:30", (string text, out TimeSpan value) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && text.Contains(':'));

    public static readonly TextForm<int> Count = new("a whole number", (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));

    public static readonly TextForm<int?> CountOrOff = new("a whole number", (string text, out int? value) =>
    {
        var isOff = string.Equals(text, "off", StringComparison.OrdinalIgnoreCase);
        value = !isOff && Count.Parse(text, out var count) ? count : null;
        return isOff || value is not null;
    });

    public static readonly TextForm<Uri> Address = new(
        "an absolute address", (string text, out Uri value) => Uri.TryCreate(text, UriKind.Absolute, out value!));

    public static readonly TextForm<Uri?> OptionalAddress = new(
        Address.Expected, (string text, out Uri? value) => Uri.TryCreate(text, UriKind.Absolute, out value));

    public static readonly TextForm<Uri> ListedAddress = new("a list of absolute addresses", Address.Parse);
}
