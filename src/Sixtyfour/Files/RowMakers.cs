using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;

namespace Sixtyfour.Files;

/// <summary>Makes the caller's row from the current row of a reader.</summary>
internal interface IRowMaker<out TRow>
{
    TRow Make(long index);
}

/// <summary>Rows without a type.</summary>
/// <param name="reader">Reads the rows.</param>
/// <param name="asked">The JSON names that were asked for; null when unknown.</param>
internal sealed class UntypedRows(RowReader reader, IReadOnlyList<string>? asked) : IRowMaker<ResultRow>
{
    public ResultRow Make(long index)
    {
        var values = reader.Values();
        return new ResultRow(values) { Index = index, IsEnriched = asked is null || values.HasAny(asked) };
    }
}

/// <summary>Rows as a C# type, cast like every other answer.</summary>
internal static class TypedRows
{
    /// <param name="reader">Reads the rows.</param>
    /// <param name="typeInfo">The type.</param>
    /// <param name="asked">The JSON names that were asked for; null when unknown.</param>
    public static IRowMaker<ResultRow<T>> For<T>(RowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked = null)
    {
        var plan = TypePlan.For(typeInfo);
        // Where the type has exactly the fields that were asked for, its own reading tells what is missing.
        var isSame = asked is not null
            && plan.IsObject
            && new HashSet<string>(asked, StringComparer.Ordinal).SetEquals(plan.Members.Select(member => member.JsonName));
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
/// CSV rows as a C# type. A row whose cells all have exactly the form of their members' types is read directly, which is nearly every row; any other is cast,
/// with the same result.
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
