namespace Sixtyfour.Bulk;

/// <summary>One file of a run.</summary>
/// <param name="Number">Its place among them, from 1.</param>
/// <param name="FirstRow">The position of its first row in the input, from 0.</param>
/// <param name="Content">What is sent.</param>
internal sealed record NumberedFile(int Number, long FirstRow, PreparedFile Content) : IDisposable
{
    public long Rows => Content.Rows;

    public void Dispose() => Content.Dispose();
}
