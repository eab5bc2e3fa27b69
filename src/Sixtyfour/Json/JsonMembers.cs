using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sixtyfour.Json;

/// <summary>Reads a JSON value of unknown kind. Nothing here throws, even where escapes are not valid Unicode: the framework's own getters do.</summary>
internal static class JsonMembers
{
    extension(JsonElement element)
    {
        /// <summary>The member, the last one where a name occurs twice; undefined where there is none, and for values that are not objects.</summary>
        public JsonElement Member(string name)
        {
            if (element.ValueKind is not JsonValueKind.Object)
            {
                return default;
            }

            try
            {
                return element.TryGetProperty(name, out var member) ? member : default;
            }
            catch (InvalidOperationException)
            {
                // Another member's name is valid JSON but not valid text (a lone surrogate), and the lookup fails on it.
                return element.Members().LastOrDefault(member => string.Equals(member.Key, name, StringComparison.Ordinal)).Value;
            }
        }

        /// <summary>The text of a member; null for blanks and for anything else.</summary>
        public string? MemberText(string name) => element.Member(name).TextOrNull();

        /// <summary>The text; null for blanks, for anything else, and for strings that are valid JSON but not valid text.</summary>
        public string? TextOrNull() => element.TryGetText(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

        /// <summary>The text of a JSON string, even when it is blank.</summary>
        public bool TryGetText([NotNullWhen(true)] out string? text)
        {
            text = null;
            if (element.ValueKind is not JsonValueKind.String)
            {
                return false;
            }

            try
            {
                text = element.GetString();
            }
            catch (InvalidOperationException)
            {
                return false;
            }

            return text is not null;
        }

        /// <summary>The items of a list; none for anything else.</summary>
        public IEnumerable<JsonElement> Items()
        {
            if (element.ValueKind is JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                {
                    yield return item;
                }
            }
        }

        /// <summary>The members with a readable name, in their order; none for anything but an object.</summary>
        public IEnumerable<KeyValuePair<string, JsonElement>> Members()
        {
            if (element.ValueKind is not JsonValueKind.Object)
            {
                yield break;
            }

            foreach (var member in element.EnumerateObject())
            {
                if (member.TryGetName(out var name))
                {
                    yield return new(name, member.Value);
                }
            }
        }
    }

    extension(JsonProperty member)
    {
        public bool TryGetName([NotNullWhen(true)] out string? name)
        {
            try
            {
                name = member.Name;
                return true;
            }
            catch (InvalidOperationException)
            {
                name = null;
                return false;
            }
        }
    }
}
