using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Bulk;

/// <summary>Rows as a C# type, by the same casting as every other answer.</summary>
internal static class TypedRows
{
    public static IRowMaker<BulkRow<T>> For<T>(RowReader reader, JsonTypeInfo<T> typeInfo) => reader is CsvRowReader csv
        ? new TypedCsvRows<T>(csv, typeInfo)
        : new TypedRows<T>(reader, typeInfo);
}

/// <inheritdoc cref="TypedRows"/>
internal sealed class TypedRows<T>(RowReader reader, JsonTypeInfo<T> typeInfo) : IRowMaker<BulkRow<T>>
{
    private readonly TypePlan _plan = TypePlan.For(typeInfo);

    public BulkRow<T> Make(long index) => Make(reader.Values(), index);

    public BulkRow<T> Make(RowValues values, long index)
    {
        var reading = StructReader.Read(values.ToJson(_plan), typeInfo);
        return new BulkRow<T>(reading.Data, values, _plan)
        {
            Index = index,
            Issues = reading.Issues,
            IsEnriched = !_plan.IsObject || reading.Missing.Count < _plan.Members.Count,
        };
    }
}
