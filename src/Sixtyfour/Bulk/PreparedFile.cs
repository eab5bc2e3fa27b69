using Sixtyfour.Files;

namespace Sixtyfour.Bulk;

/// <summary>One file as it will be sent: counted, and readable as often as it has to be.</summary>
internal sealed class PreparedFile(string fileName, FileFormat format, Func<ByteReader> open, IDisposable? owned = null) : IDisposable
{
    public string FileName { get; } = fileName;

    public string ContentType { get; } = format.ContentType();

    public required long Length { get; init; }

    /// <summary>A header not counted.</summary>
    public required long Rows { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Opens it at its beginning, with a place of its own.</summary>
    public ByteReader OpenRead() => open();

    public void Dispose() => owned?.Dispose();
}
