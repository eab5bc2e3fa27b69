using System.Text.Json;

namespace Sixtyfour;

/// <summary>The answer to a raw call.</summary>
/// <param name="info">Status and headers.</param>
/// <param name="json">The body.</param>
public sealed class RawResponse(ResponseInfo info, JsonElement json)
{
    /// <summary>Status and headers.</summary>
    public ResponseInfo Info { get; } = info ?? throw new ArgumentNullException(nameof(info));

    /// <summary>The body just as it came; <see cref="JsonValueKind.Undefined"/> when it was empty.</summary>
    public JsonElement Json { get; } = json;

    /// <summary>Names status and request id; prints no value.</summary>
    public override string ToString() => Info.ToString();
}
