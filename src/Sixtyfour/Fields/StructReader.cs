using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour.Fields;

/// <summary>Reads <c>structured_data</c> as a C# type. It never throws for any JSON; unreadable values are issues.</summary>
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
        e is not OutOfMemoryException;

    // A dictionary or JsonElement as a whole: it has no known members to repair one by one.
    private static StructReading<T> ReadValue<T>(TypePlan plan, JsonElement data, EnrichmentStruct? asked)
    {
        using var json = new RepairedJson();
        if (data.ValueKind is JsonValueKind.Undefined)
        {
            return new(default!, [OfWhole(FieldIssueKind.Missing, plan, data)], []);
        }

        if (plan.Shape.Copy(data, json) is not Fit.Unfit && TryDeserialize(json.WrittenUtf8, plan.Contract, out T? value) && value is not null)
        {
            return new(value, json.Issues, []);
        }

        return new(default!, [.. json.Issues, OfWhole(FieldIssueKind.Unreadable, plan, data)], []);
    }

    private static FieldIssue OfWhole(FieldIssueKind kind, TypePlan plan, JsonElement data) =>
        new() { Kind = kind, Expected = plan.Shape.Expected, Raw = data };
}

/// <summary>
/// One reading of an object. Without repairs the object is read as it is. Otherwise all repaired members are tried together, which nearly always works; if that
/// fails, each is tried alone, and those that fail are dropped.
/// </summary>
internal sealed class StructAttempt<T>(TypePlan plan, JsonElement data, EnrichmentStruct? asked)
{
    private readonly StructMembers _found = new(data, plan, asked);

    public StructReading<T> Read()
    {
        if (TryReadAsItCame(out var whole))
        {
            return Result(whole, []);
        }

        if (TryBuild(plan.Members, out var issues, out var value))
        {
            return Result(value, issues);
        }

        var fitting = FindFitting();
        var built = TryBuild(fitting, out issues, out value);
        issues.AddRange(plan.Members.Except(fitting).Select(member => Unreadable(member.JsonName, member.Shape.Expected, _found.Find(member.JsonName))));
        if (!built)
        {
            issues.Add(Unreadable("", TypeName.Of(plan.Type), data));
        }

        return Result(value, issues);
    }

    private static FieldIssue Unreadable(string name, string expected, JsonElement raw) =>
        new() { Name = name, Kind = FieldIssueKind.Unreadable, Expected = expected, Raw = raw };

    private StructReading<T> Result(T? value, IReadOnlyList<FieldIssue> issues) => new(value!, issues, asked is null ? plan.MissingIn(_found) : []);

    private bool TryReadAsItCame(out T? value)
    {
        value = default;
        using var trial = RepairedJson.Trial();
        Copy(plan.Members, trial);
        return data.ValueKind is JsonValueKind.Object
            && !trial.IsChanged
            && !plan.IgnoresCase
            && StructReader.TryDeserialize(JsonMarshal.GetRawUtf8Value(data), plan.Contract, out value)
            && value is not null;
    }

    private bool TryBuild(IReadOnlyList<PlannedMember> members, out List<FieldIssue> issues, out T? value)
    {
        using var json = new RepairedJson();
        Copy(members, json);
        issues = json.Issues;
        return StructReader.TryDeserialize(json.WrittenUtf8, plan.Contract, out value) && value is not null;
    }

    private void Copy(IReadOnlyList<PlannedMember> members, RepairedJson json)
    {
        json.StartObject();
        plan.CopyUnknown(_found, json);
        foreach (var member in members)
        {
            json.SplitsTexts = IsAskedAsList(member);
            member.Copy(_found, json);
        }

        json.EndObject();
    }

    private bool IsAskedAsList(PlannedMember member) => member.Shape is ListShape && asked?.Find(member.JsonName) is not { IsList: false };

    // A type that can be created empty is tried with each member; another type would refuse every member because the others are missing.
    private List<PlannedMember> FindFitting()
    {
        var canBeEmpty = TryBuild([], out _, out _);
        return [.. plan.Members.Where(member => canBeEmpty ? TryBuild([member], out _, out _) : FitsItsType(member))];
    }

    private bool FitsItsType(PlannedMember member)
    {
        var raw = _found.Find(member.JsonName);
        using var json = new RepairedJson { SplitsTexts = IsAskedAsList(member) };
        return member.Shape.IsNothing(raw) || member.Shape.Copy(raw, json) is Fit.Unfit || IsTaken(json, member);
    }

    private bool IsTaken(RepairedJson json, PlannedMember member)
    {
        if (!TolerantContracts.TryGet(member.Type, plan.Contract.Options, out var info))
        {
            return true;
        }

        try
        {
            _ = JsonSerializer.Deserialize(json.WrittenUtf8, info);
            return true;
        }
        catch (Exception e) when (StructReader.IsRefusal(e))
        {
            return false;
        }
    }
}

/// <summary>A typed reading of <c>structured_data</c>.</summary>
/// <param name="Data">The typed value; the type's default when it cannot be created.</param>
/// <param name="Issues">What the caller should check.</param>
/// <param name="Missing">The missing members, where it is unknown what was asked for.</param>
internal readonly record struct StructReading<T>(T Data, IReadOnlyList<FieldIssue> Issues, IReadOnlyList<string> Missing);
