using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>Makes what the caller gets out of the row that was read last.</summary>
internal interface IRowMaker<out TRow>
{
    TRow Make(long index);
}

/// <summary>Rows without a type.</summary>
/// <param name="reader">Where they come from.</param>
/// <param name="asked">What was asked for; null when that is not known.</param>
internal sealed class UntypedRows(RowReader reader, IReadOnlyList<string>? asked) : IRowMaker<ResultRow>
{
    public ResultRow Make(long index)
    {
        var values = reader.Values();
        return new ResultRow(values) { Index = index, IsEnriched = asked is null || values.HasAny(asked) };
    }
}

/// <summary>Rows as a C# type, by the same casting as every other answer.</summary>
internal static class TypedRows
{
    /// <param name="reader">Where the rows come from.</param>
    /// <param name="typeInfo">The type.</param>
    /// <param name="asked">What was asked for; null when that is not known.</param>
    public static IRowMaker<ResultRow<T>> For<T>(RowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked = null)
    {
        var plan = TypePlan.For(typeInfo);
        // What the type itself tells need not be looked for once more.
        var isSame = asked is not null && plan.IsObject && new HashSet<string>(asked, StringComparer.Ordinal).SetEquals(plan.Members.Select(member => member.JsonName));
        var others = isSame ? null : asked;
        return reader is CsvRowReader csv ? new TypedCsvRows<T>(csv, typeInfo, others) : new TypedRows<T>(reader, typeInfo, others);
    }
}

/// <inheritdoc cref="TypedRows"/>
internal sealed class TypedRows<T>(RowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked) : IRowMaker<ResultRow<T>>
{
    private readonly TypePlan _plan = TypePlan.For(typeInfo);

    public ResultRow<T> Make(long index) => Make(reader.Values(), index);

    public ResultRow<T> Make(RowValues values, long index)
    {
        var reading = StructReader.Read(values.ToJson(_plan), typeInfo);
        return new ResultRow<T>(reading.Data, values, _plan)
        {
            Index = index,
            Issues = reading.Issues,
            IsEnriched = asked is null ? !_plan.IsObject || reading.Missing.Count < _plan.Members.Count : values.HasAny(asked),
        };
    }
}

/// <summary>
/// CSV rows as a C# type. A row whose every cell is written just as its member's type wants it, which is nearly every row, is read at once; any other takes
/// the way of the casting, with the same result.
/// </summary>
internal sealed class TypedCsvRows<T>(CsvRowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked) : IRowMaker<ResultRow<T>>
{
    private readonly TypePlan _plan = TypePlan.For(typeInfo);
    private readonly TypedRows<T> _casting = new(reader, typeInfo, asked);
    private readonly ExactRow? _exact = ExactRow.For(TypePlan.For(typeInfo), reader);
    private readonly int[]? _asked = asked is null ? null : reader.ColumnsOf(asked);

    public ResultRow<T> Make(long index)
    {
        var values = reader.Values();
        return _exact is not null && _exact.TryRead(reader, out var data)
            ? new ResultRow<T>((T)data!, values, _plan) { Index = index, IsEnriched = _asked is null ? _exact.HasValues : reader.HasAny(_asked) }
            : _casting.Make(values, index);
    }
}
