namespace Sixtyfour.Bulk;

/// <summary>How much the file in hand holds. The next row goes into it, or begins another one.</summary>
internal sealed class FileMeter(BulkLimits limits)
{
    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public void Begin(long headerBytes) => (Rows, Bytes) = (0, headerBytes);

    public bool Fits(long rowBytes) => Rows < limits.MaxRows && Bytes + rowBytes <= limits.MaxBytes;

    public void Add(long rowBytes)
    {
        Rows++;
        Bytes += rowBytes;
    }
}
