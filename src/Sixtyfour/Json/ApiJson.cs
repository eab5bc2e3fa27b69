using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Json;

/// <summary>The contracts of the SDK's own answers, made at compile time.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiJson : JsonSerializerContext;
