namespace Sixtyfour.Bulk;

/// <summary>Rows without a type.</summary>
/// <param name="reader">Where they come from.</param>
/// <param name="asked">What was asked for; null when that is not known.</param>
internal sealed class UntypedRows(RowReader reader, IReadOnlyList<string>? asked) : IRowMaker<BulkRow>
{
    public BulkRow Make(long index)
    {
        var values = reader.Values();
        return new BulkRow(values) { Index = index, IsEnriched = asked is null || values.HasAny(asked) };
    }
}
