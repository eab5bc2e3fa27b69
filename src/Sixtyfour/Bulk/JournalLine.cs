using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Bulk;

/// <summary>A line of a journal: all that is known about one file at that moment. Of several lines about a file the last one counts.</summary>
internal sealed record JournalLine
{
    private const int Known = 2;

    /// <summary>The version of the format.</summary>
    public int Version { get; init; } = Known;

    /// <summary>The fingerprint of the run: service, account, kind, file type and configuration.</summary>
    public required string Run { get; init; }

    /// <summary>What the keys of the run are derived from. It is in every line, so that losing a line does not lose it.</summary>
    public required string Seed { get; init; }

    /// <summary>The number of the file, from 1.</summary>
    public required int File { get; init; }

    /// <summary>The position of its first row in the input, from 0.</summary>
    public required long FirstRow { get; init; }

    public required long Rows { get; init; }

    /// <summary>The hash of the bytes that are sent.</summary>
    public required string Sha256 { get; init; }

    public required string Key { get; init; }

    /// <summary>When the key was first used, or about to be used.</summary>
    public required DateTimeOffset At { get; init; }

    public string? Job { get; init; }

    public decimal? EstimatedCents { get; init; }

    public decimal? ChargedCents { get; init; }

    /// <summary>The service refused its first attempt, so nothing was started under this key.</summary>
    public bool IsRefused { get; init; }

    /// <summary>No file comes after this one.</summary>
    public bool IsLast { get; init; }

    public static JournalLine Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalLine) is { Version: Known } read ? read : throw Unreadable(null);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    public string Write() => JsonSerializer.Serialize(this, JournalJson.Default.JournalLine);

    /// <summary>The journal cannot be trusted.</summary>
    public static InvalidDataException Damaged(string problem, Exception? inner = null) =>
        new($"The journal {problem}. It records what has been paid for, so nothing is sent without it: restore the journal.", inner);

    private static InvalidDataException Unreadable(Exception? inner) => Damaged("holds a line that this version cannot read", inner);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;
