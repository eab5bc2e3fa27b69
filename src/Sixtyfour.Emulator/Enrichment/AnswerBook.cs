using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>The answers: those given by the test, else the built-in ones.</summary>
internal sealed class AnswerBook(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, Func<JsonObject, JsonObject?>> _given = new(StringComparer.Ordinal);
    private readonly BuiltInAnswers _builtIn = new(options);

    public void Give(string path, Func<JsonObject, JsonObject?> answer) => _given[OneOf(path)] = answer;

    /// <summary>What the test gave for this input; null when it gave nothing.</summary>
    public JsonObject? Given(string path, JsonElement input) =>
        _given.TryGetValue(OneOf(path), out var answer) ? (JsonObject?)answer(JsonText.ToObject(input))?.DeepClone() : null;

    public JsonObject For(string path, EnrichmentRequest request) => _builtIn.For(request, Given(path, request.Input));

    // A path, its async twin and its batch are asked the same thing.
    private static string OneOf(string path) => Without("-bulk", Without("-async", path));

    private static string Without(string ending, string path) => path.EndsWith(ending, StringComparison.Ordinal) ? path[..^ending.Length] : path;
}
