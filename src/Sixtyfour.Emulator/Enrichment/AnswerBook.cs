using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Json;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>The answers: those given by the test, else the built-in ones.</summary>
internal sealed class AnswerBook(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, Func<JsonObject, JsonObject?>> _given = new(StringComparer.Ordinal);
    private readonly BuiltInAnswers _builtIn = new(options);

    public void Give(string path, Func<JsonObject, JsonObject?> structuredData) => _given[SynchronousTwin(path)] = structuredData;

    public JsonObject For(string path, EnrichmentRequest request)
    {
        var given = _given.TryGetValue(path, out var answer) ? answer(JsonText.ToObject(request.Input)) : null;
        return _builtIn.For(request, (JsonObject?)given?.DeepClone());
    }

    private static string SynchronousTwin(string path) => path.EndsWith("-async", StringComparison.Ordinal) ? path[..^"-async".Length] : path;
}
