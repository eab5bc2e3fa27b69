namespace Sixtyfour.Bulk;

/// <summary>Rows without a type.</summary>
/// <param name="reader">Where they come from.</param>
/// <param name="asked">What was asked for; null when that is not known.</param>
internal sealed class UntypedRows(RowReader reader, IReadOnlyList<string>? asked) : IRowMaker<BulkRow>
{
    public BulkRow Make(long index)
    {
        var values = reader.Values();
        return new BulkRow(values) { Index = index, IsEnriched = asked is null || asked.Any(name => HasValue(values, name)) };
    }

    private static bool HasValue(RowValues values, string name) => values.TryFind(name, out var found) && !new FieldValue(name, found.Value).IsMissing;
}
