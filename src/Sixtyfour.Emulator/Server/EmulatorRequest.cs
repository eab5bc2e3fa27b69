using System.Text.Json;

namespace Sixtyfour.Emulator;

/// <summary>A request as the emulator saw it.</summary>
/// <param name="Method">The method, in capitals.</param>
/// <param name="Path">The path without query, and without the prefix of <see cref="EmulatorOptions.Url"/>.</param>
/// <param name="Headers">
/// The headers by name, without regard to letter case; a comma between the values of one that repeats. The value of a header that holds a key is replaced
/// by <c>***</c>.
/// </param>
/// <param name="Body">The body when it was read and is JSON, of a bulk submission its <c>config</c>; otherwise null.</param>
public sealed record EmulatorRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonElement? Body)
{
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> HeaderLines { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public string Query { get; init; } = "";

    /// <summary>The value of <c>x-request-id</c> in the answer.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>When it arrived, on the emulator's clock.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The status it was answered with; null while it is unanswered, and when the connection was broken off instead.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The values of a header in their order: one for each line it stood on, empty ones included.</summary>
    /// <param name="name">The name, without regard to letter case.</param>
    /// <returns>No value when the header was not there.</returns>
    public IReadOnlyList<string> GetHeaderValues(string name) => HeaderLines.TryGetValue(name, out var values) ? values : [];

    /// <summary>Method, path and status; never a header or the body.</summary>
    public override string ToString() => StatusCode is { } status ? $"{Method} {Path} {status}" : $"{Method} {Path}";
}
