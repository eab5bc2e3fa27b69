using System.Text.Json;
using Sixtyfour.Json;

namespace Sixtyfour.Http;

/// <summary>The content of an error body in any of the service's shapes. Echoed input is left out.</summary>
/// <param name="Message">One sentence; null where the body holds none.</param>
/// <param name="ErrorType">The service's own name for the error.</param>
/// <param name="Errors">Field by field.</param>
internal sealed record ErrorBody(string? Message, string? ErrorType, IReadOnlyList<RequestError> Errors)
{
    private const int LongestMessage = 1_000;
    private static readonly ErrorBody Nothing = new(null, null, []);

    public static ErrorBody Read(ReadOnlySpan<byte> body)
    {
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(body);
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return FromText(body);
        }

        return root.ValueKind switch
        {
            JsonValueKind.Object => FromObject(root),
            JsonValueKind.String => new(Cut(root.TextOrNull()), null, []),
            _ => Nothing,
        };
    }

    private static ErrorBody FromObject(JsonElement root)
    {
        var detail = root.Member("detail");
        var error = root.Member("error");
        var errors = detail.ValueKind is JsonValueKind.Array ? FromDetails(detail) : [];

        var message = root.MemberText("message")
            ?? error.MemberText("message")
            ?? detail.TextOrNull()
            ?? (errors.Count > 0 ? Describe(errors) : null)
            ?? detail.MemberText("message") ?? detail.MemberText("msg")
            ?? error.TextOrNull();
        return new(Cut(message), Cut(error.TextOrNull() ?? error.MemberText("code")), errors);
    }

    private static List<RequestError> FromDetails(JsonElement details)
    {
        var errors = new List<RequestError>();
        foreach (var detail in details.EnumerateArray())
        {
            if ((detail.MemberText("msg") ?? detail.TextOrNull()) is { } message)
            {
                errors.Add(new(Path(detail), Cut(message)!));
            }
        }

        return errors;
    }

    private static string Path(JsonElement detail) =>
        detail.Member("loc") is { ValueKind: JsonValueKind.Array } location
            ? string.Join(".", location.EnumerateArray().Select(part => Cut(part.ValueKind is JsonValueKind.String ? part.TextOrNull() : part.GetRawText())))
            : "";

    private static string Describe(List<RequestError> errors)
    {
        var first = errors[0].Path.Length > 0 ? $"{errors[0].Path}: {errors[0].Message}" : errors[0].Message;
        return errors.Count is 1 ? first : $"{first} (and {errors.Count - 1} more)";
    }

    // A gateway's HTML page does not belong into a message.
    private static ErrorBody FromText(ReadOnlySpan<byte> body)
    {
        var text = BodyText.Decode(body).Trim();
        return text.Length is 0 || text[0] is '<' or '{' or '[' ? Nothing : new(Cut(text), null, []);
    }

    private static string? Cut(string? text) => text is { Length: > LongestMessage } ? string.Concat(text.AsSpan(0, LongestMessage).ToString(), "…") : text;
}
