using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour;

/// <summary>Reads <c>structured_data</c> as a C# type. No JSON makes it throw; what a value cannot be read as is an issue.</summary>
internal static class StructReader
{
    public static StructReading<T> Read<T>(JsonElement data, JsonTypeInfo<T> typeInfo, EnrichmentStruct? asked = null)
    {
        data = data.ValueKind is JsonValueKind.Undefined ? data : data.Clone();
        var plan = TypePlan.For(typeInfo);
        return plan.IsObject ? new StructAttempt<T>(plan, data, asked).Read() : ReadValue<T>(plan, data, asked);
    }

    /// <summary>
    /// Reads JSON that should fit. Whatever a converter, a constructor or a setter throws refuses the value and becomes an issue: the answer is paid for, and a
    /// synchronous one cannot be fetched again.
    /// </summary>
    internal static bool TryDeserialize<T>(ReadOnlySpan<byte> json, JsonTypeInfo typeInfo, out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)typeInfo);
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            value = default;
            return false;
        }
    }

    internal static bool IsRefusal(Exception e) =>
        e is not (OutOfMemoryException or InsufficientExecutionStackException or OperationCanceledException);

    // A dictionary or JsonElement for the whole, say: there are no members of its own to repair one by one.
    private static StructReading<T> ReadValue<T>(TypePlan plan, JsonElement data, EnrichmentStruct? asked)
    {
        using var json = new RepairedJson();
        var missing = asked?.MissingIn(data) ?? [];
        if (data.ValueKind is JsonValueKind.Undefined)
        {
            return new(default!, [OfWhole(FieldIssueKind.Missing, plan, data)], missing);
        }

        if (plan.Shape.Copy(data, json) is not Fit.Unfit && TryDeserialize(json.WrittenUtf8, plan.Contract, out T? value) && value is not null)
        {
            return new(value, json.Issues, missing);
        }

        return new(default!, [.. json.Issues, OfWhole(FieldIssueKind.Unreadable, plan, data)], missing);
    }

    private static FieldIssue OfWhole(FieldIssueKind kind, TypePlan plan, JsonElement data) =>
        new() { Kind = kind, Expected = plan.Shape.Expected, Raw = data };
}
