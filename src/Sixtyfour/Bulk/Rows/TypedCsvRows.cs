using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Bulk;

/// <summary>
/// CSV rows as a C# type. A row whose every cell is written just as its member's type wants it, which is nearly every row, goes straight from the bytes of
/// the file to the serializer; any other takes the way of the casting.
/// </summary>
internal sealed class TypedCsvRows<T> : IRowMaker<BulkRow<T>>
{
    private readonly CsvRowReader _reader;
    private readonly TypePlan _plan;
    private readonly TypedRows<T> _casting;
    private readonly ExactRow? _exact;
    private readonly JsonTypeInfo<T> _contract;

    public TypedCsvRows(CsvRowReader reader, JsonTypeInfo<T> typeInfo)
    {
        _reader = reader;
        _plan = TypePlan.For(typeInfo);
        _casting = new TypedRows<T>(reader, typeInfo);
        _exact = ExactRow.For(_plan, reader.Columns);
        _contract = (JsonTypeInfo<T>)_plan.Contract;
    }

    public BulkRow<T> Make(long index)
    {
        var values = _reader.Values();
        return _exact is not null && _exact.TryWrite(_reader) && TryDeserialize(_exact.Json, out var data)
            ? new BulkRow<T>(data, values, _plan) { Index = index, IsEnriched = _exact.HasValues }
            : _casting.Make(values, index);
    }

    private bool TryDeserialize(ReadOnlySpan<byte> json, out T data)
    {
        try
        {
            data = JsonSerializer.Deserialize(json, _contract)!;
            return data is not null;
        }
        catch (Exception e) when (StructReader.IsRefusal(e))
        {
            // The casting finds out which member it was.
            data = default!;
            return false;
        }
    }
}
