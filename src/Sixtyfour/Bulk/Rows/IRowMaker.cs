namespace Sixtyfour.Bulk;

/// <summary>Makes what the caller gets out of the row that was read last.</summary>
internal interface IRowMaker<out TRow>
{
    TRow Make(long index);
}
