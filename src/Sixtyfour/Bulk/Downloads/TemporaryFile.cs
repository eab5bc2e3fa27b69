namespace Sixtyfour.Bulk;

/// <summary>
/// A file that only this user can read and that nobody has to clean up: it goes with the last of its users, or with the process.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly FileStream _file = OwnerOnlyFile.Create();
    private readonly SemaphoreSlim _turn = new(1);
    private int _users = 1;

    /// <summary>To write it; only before somebody reads.</summary>
    public Stream Content => _file;

    public long Length => _file.Length;

    /// <summary>A reader of its own place in the file.</summary>
    public Stream OpenRead()
    {
        Interlocked.Increment(ref _users);
        return new TemporaryFileReader(this);
    }

    public int Read(long position, byte[] buffer, int offset, int count)
    {
        _turn.Wait();
        try
        {
            _file.Position = position;
            return _file.Read(buffer, offset, count);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<int> ReadAsync(long position, byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _file.Position = position;
            return await _file.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends one use of it.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) is 0)
        {
            _file.Dispose();
            _turn.Dispose();
        }
    }
}
