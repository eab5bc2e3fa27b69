using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields.Reading;

namespace Sixtyfour.Bulk;

/// <summary>
/// CSV rows as a C# type. A row whose every cell is written just as its member's type wants it, which is nearly every row, is read at once; any other takes
/// the way of the casting, with the same result.
/// </summary>
internal sealed class TypedCsvRows<T>(CsvRowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked) : IRowMaker<BulkRow<T>>
{
    private readonly TypePlan _plan = TypePlan.For(typeInfo);
    private readonly TypedRows<T> _casting = new(reader, typeInfo, asked);
    private readonly ExactRow? _exact = ExactRow.For(TypePlan.For(typeInfo), reader);
    private readonly int[]? _asked = asked is null ? null : reader.ColumnsOf(asked);

    public BulkRow<T> Make(long index)
    {
        var values = reader.Values();
        return _exact is not null && _exact.TryRead(reader, out var data)
            ? new BulkRow<T>((T)data!, values, _plan) { Index = index, IsEnriched = _asked is null ? _exact.HasValues : reader.HasAny(_asked) }
            : _casting.Make(values, index);
    }
}
