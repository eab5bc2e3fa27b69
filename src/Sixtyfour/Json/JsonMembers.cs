using System.Text.Json;

namespace Sixtyfour.Json;

/// <summary>Members of a JSON value of unknown kind.</summary>
internal static class JsonMembers
{
    /// <summary>The member, or an undefined element; also for values that are no object.</summary>
    public static JsonElement Member(this JsonElement element, string name)
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
            // Some other member's name is valid JSON but no text (a lone surrogate); the look-up stumbles over it.
            return Search(element, name);
        }
    }

    /// <summary>The text of a member; null for blanks and for anything else.</summary>
    public static string? MemberText(this JsonElement element, string name) => element.Member(name).TextOrNull();

    /// <summary>The text; null for blanks, for anything else, and for strings that are valid JSON but no text.</summary>
    public static string? TextOrNull(this JsonElement element) => element.TryGetText(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static JsonElement Search(JsonElement element, string name)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (HasName(property, name))
            {
                return property.Value;
            }
        }

        return default;
    }

    private static bool HasName(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
