using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sixtyfour.Tests.Fields;

[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Engineer))]
[JsonSerializable(typeof(Demanding))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(Initialized))]
[JsonSerializable(typeof(Everything))]
[JsonSerializable(typeof(Box<string>))]
[JsonSerializable(typeof(Box<bool?>))]
[JsonSerializable(typeof(Box<int>))]
[JsonSerializable(typeof(Box<int?>))]
[JsonSerializable(typeof(Box<byte?>))]
[JsonSerializable(typeof(Box<long?>))]
[JsonSerializable(typeof(Box<float?>))]
[JsonSerializable(typeof(Box<double?>))]
[JsonSerializable(typeof(Box<decimal?>))]
[JsonSerializable(typeof(Box<DateOnly?>))]
[JsonSerializable(typeof(Box<TimeOnly?>))]
[JsonSerializable(typeof(Box<DateTime?>))]
[JsonSerializable(typeof(Box<DateTimeOffset?>))]
[JsonSerializable(typeof(Box<Guid?>))]
[JsonSerializable(typeof(Box<Uri>))]
[JsonSerializable(typeof(Box<Seniority?>))]
[JsonSerializable(typeof(Box<JsonElement>))]
[JsonSerializable(typeof(Box<JsonNode>))]
[JsonSerializable(typeof(Box<List<string>>))]
[JsonSerializable(typeof(Box<int[]>))]
[JsonSerializable(typeof(Box<HashSet<int>>))]
[JsonSerializable(typeof(Box<List<bool>>))]
[JsonSerializable(typeof(Box<List<int?>>))]
[JsonSerializable(typeof(Box<IReadOnlyList<Seniority>>))]
[JsonSerializable(typeof(Box<Dictionary<string, int>>))]
[JsonSerializable(typeof(Box<Dictionary<string, string>>))]
public sealed partial class TestJson : JsonSerializerContext;
