using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields.Reading;

namespace Sixtyfour.Bulk;

/// <summary>Rows as a C# type, by the same casting as every other answer.</summary>
internal static class TypedRows
{
    /// <param name="reader">Where the rows come from.</param>
    /// <param name="typeInfo">The type.</param>
    /// <param name="asked">What was asked for; null when that is not known.</param>
    public static IRowMaker<BulkRow<T>> For<T>(RowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked = null)
    {
        var plan = TypePlan.For(typeInfo);
        // What the type itself tells need not be looked for once more.
        var isSame = asked is not null && plan.IsObject && new HashSet<string>(asked, StringComparer.Ordinal).SetEquals(plan.Members.Select(member => member.JsonName));
        var others = isSame ? null : asked;
        return reader is CsvRowReader csv ? new TypedCsvRows<T>(csv, typeInfo, others) : new TypedRows<T>(reader, typeInfo, others);
    }
}

/// <inheritdoc cref="TypedRows"/>
internal sealed class TypedRows<T>(RowReader reader, JsonTypeInfo<T> typeInfo, IReadOnlyList<string>? asked) : IRowMaker<BulkRow<T>>
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
            IsEnriched = asked is null ? !_plan.IsObject || reading.Missing.Count < _plan.Members.Count : values.HasAny(asked),
        };
    }
}
