using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>
/// The sources of an answer. Every response sample has an object that maps addresses to descriptions; objects with details, lists of either, and titles or
/// field names in place of the address are read, too.
/// </summary>
internal sealed class ReferenceReading
{
    private readonly List<SourceReference> _found = [];
    private bool _isWhole = true;

    /// <param name="raw">The member <c>references</c>.</param>
    /// <param name="isWhole">Whether the result holds everything in it.</param>
    public static IReadOnlyList<SourceReference> Read(JsonElement raw, out bool isWhole)
    {
        var reading = new ReferenceReading();
        reading.AddAll(DictReading.TryRead(raw, out var dict) ? dict : ListReading.TryRead(raw, splits: false, out var list) ? list : raw);
        isWhole = reading._isWhole;
        return reading._found;
    }

    private void AddAll(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object || Details.Of(value).Url is not null)
        {
            AddItem(value);
            return;
        }

        foreach (var member in value.Members())
        {
            if (IsAddress(member.Key))
            {
                AddAt(member.Key, member.Value);
            }
            else
            {
                AddUnder(member.Key, member.Value);
            }
        }
    }

    private void AddItem(JsonElement item)
    {
        switch (item.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var inner in item.EnumerateArray())
                {
                    AddItem(inner);
                }

                break;
            case JsonValueKind.Object:
                Add(Details.Of(item));
                break;
            case JsonValueKind.String when ScalarReading.Text(item) is { } address:
                _found.Add(new SourceReference(address));
                break;
            default:
                _isWhole &= item.IsNothing();
                break;
        }
    }

    /// <summary>What was found at an address: a text, texts, details, or several of those.</summary>
    private void AddAt(string address, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array && value.Items().Any(item => item.ValueKind is JsonValueKind.Object))
        {
            foreach (var item in value.Items())
            {
                AddAt(address, item);
            }
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            Add(Details.Of(value) with { Url = address });
        }
        else
        {
            _isWhole &= value.IsNothing() || Details.Texts(value) is not null;
            _found.Add(new SourceReference(address) { Description = Details.Texts(value) });
        }
    }

    // A title with its address, or a field with its sources; anything else counts as address and description.
    private void AddUnder(string name, JsonElement value)
    {
        if (ScalarReading.Text(value) is { } text && IsAddress(text))
        {
            _found.Add(new SourceReference(text) { Title = name });
        }
        else if (value.ValueKind is JsonValueKind.Array
            && value.Items().Any(item => item.ValueKind is JsonValueKind.Object || IsAddress(ScalarReading.Text(item))))
        {
            _isWhole = false;
            AddItem(value);
        }
        else if (value.ValueKind is JsonValueKind.Object && Details.Of(value) is { Url: not null } details)
        {
            Add(details with { Title = details.Title ?? name });
        }
        else
        {
            AddAt(name, value);
        }
    }

    private void Add(Details details)
    {
        _isWhole &= details.AreWhole && details.Url is not null;
        if (details.Url is { } address)
        {
            _found.Add(new SourceReference(address) { Description = details.Description, Title = details.Title, Quote = details.Quote });
        }
    }

    private static bool IsAddress(string? text) => text is not null && AddressText.Read(text) is not null;

    private sealed record Details(string? Url, string? Title, string? Description, string? Quote, bool AreWhole)
    {
        public static Details Of(JsonElement value)
        {
            var found = new Details(null, null, null, null, true);
            foreach (var member in value.Members())
            {
                found = member.Value.IsNothing() ? found : found.With(NameCase.Fold(member.Key), Texts(member.Value));
            }

            return found;
        }

        /// <summary>A text, or texts on separate lines; null for anything else.</summary>
        public static string? Texts(JsonElement value)
        {
            if (value.ValueKind is not JsonValueKind.Array)
            {
                return ScalarReading.Text(value);
            }

            var texts = value.Items().Where(item => !item.IsNothing()).Select(ScalarReading.Text).ToList();
            return texts.Count == 0 || texts.Contains(null) ? null : string.Join("\n", texts);
        }

        private Details With(string name, string? text) => (name, text) switch
        {
            (_, null) => this with { AreWhole = false },
            ("url" or "link" or "href" or "uri" or "sourceurl", _) when Url is null => this with { Url = text },
            ("source", _) when Url is null && IsAddress(text) => this with { Url = text },
            ("title" or "name" or "pagetitle" or "source", _) when Title is null => this with { Title = text },
            ("description" or "snippet" or "summary" or "text" or "content", _) => this with { Description = Joined(Description, text) },
            ("quote" or "quotes" or "excerpt" or "excerpts", _) => this with { Quote = Joined(Quote, text) },
            _ => this with { AreWhole = false },
        };

        private static string Joined(string? first, string second) => first is null ? second : first + "\n" + second;
    }
}
