namespace Sixtyfour.Bulk;

/// <summary>A stream of the application that can be sought in: from where it stood to its end. It stays the application's to dispose.</summary>
internal sealed class SeekableSource : StreamSource
{
    private readonly Stream _stream;
    private readonly long _begin;
    private readonly SharedStream _readers;

    public SeekableSource(Stream stream, string fileName)
        : base(fileName)
    {
        _stream = stream;
        _begin = stream.Position;
        _readers = new SharedStream(stream, _begin);
    }

    public override bool CanBeReadAhead => true;

    protected override ByteReader Open() => _readers.OpenRead();

    protected override Task<long> MakeReadyAsync(BulkLimits? limits, CancellationToken cancellationToken) => Task.FromResult(_stream.Length - _begin);
}
