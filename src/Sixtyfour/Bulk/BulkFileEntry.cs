using System.Text.Json;

namespace Sixtyfour.Bulk;

/// <summary>A file as the status of its job lists it.</summary>
internal sealed record BulkFileEntry
{
    public string FileName { get; init; } = "";

    public int? BlockNumber { get; init; }

    public long? RowCount { get; init; }

    public long? Size { get; init; }

    public string? Message { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Signed: its query is a secret.</summary>
    public string? Link { get; init; }

    public TimeSpan? LinkLifetime { get; init; }

    public JsonElement Preview { get; init; }

    public bool HasLink => Link is not null;

    public bool HasPreview => Preview.ValueKind is JsonValueKind.Array;

    /// <summary>Never the link.</summary>
    public override string ToString() => FileName;
}
