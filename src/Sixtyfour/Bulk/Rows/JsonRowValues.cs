using System.Text.Json;
using Sixtyfour.Fields.Reading;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>A row that came as a JSON object.</summary>
internal sealed class JsonRowValues(byte[] utf8) : RowValues
{
    private Parsed? _parsed;

    public override IReadOnlyList<string> Columns => Read().Names;

    public override bool TryFind(string column, out FoundMember found) => Read().Members.TryFind(column, out found);

    public override JsonElement ToJson(TypePlan plan) => Read().Row;

    // Two threads at most do the same work twice.
    private Parsed Read() => _parsed ??= new Parsed(RowJson.Parse(utf8));

    private sealed class Parsed(JsonElement row)
    {
        public JsonElement Row { get; } = row;

        public StructMembers Members { get; } = new(row);

        public IReadOnlyList<string> Names { get; } = [.. row.Members().Select(member => member.Key)];
    }
}
