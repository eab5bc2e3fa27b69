using System.Text.Json.Serialization;

namespace Sixtyfour.Json;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class JsonTexts : JsonSerializerContext;
