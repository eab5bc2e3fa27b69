using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Json;

/// <summary>The contracts of what the SDK itself reads and writes, made at compile time.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ApiJson : JsonSerializerContext;
