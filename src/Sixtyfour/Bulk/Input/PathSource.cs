namespace Sixtyfour.Bulk;

/// <summary>A file on disk. Nobody is kept from writing to it; that it has not changed shows when it is sent.</summary>
internal sealed class PathSource(string path) : StreamSource(Path.GetFileName(path))
{
    public override bool CanBeReadAhead => true;

    protected override ByteReader Open() => ByteReader.Of(OpenFile(), isOwned: true);

    protected override Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken)
    {
        using var file = OpenFile();
        return Task.FromResult(file.Length);
    }

    private FileStream OpenFile() => File.Exists(path)
        ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : throw new FileNotFoundException($"There is no file '{path}' to send.", path);
}
