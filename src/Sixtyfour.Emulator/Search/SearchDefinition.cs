using System.Net;
using System.Text.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Search;

/// <summary>What is searched for.</summary>
/// <param name="Id">The id under which the search, without its exclusions, can be asked again.</param>
/// <param name="Mode"><c>people</c> or <c>company</c>.</param>
/// <param name="MaxResults">How many rows are given out at most.</param>
internal sealed record SearchDefinition(string Id, string Mode, int MaxResults)
{
    /// <summary>The ids of rows that are left out.</summary>
    public IReadOnlySet<string> Excluded { get; init; } = new HashSet<string>();

    public int PageSize { get; init; } = 10;

    public string? Text { get; init; }

    public JsonElement? Filters { get; init; }

    /// <summary>The people whose like is searched for.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];
}

/// <summary>The members about exclusions and limits that searches have in common.</summary>
/// <param name="Mode"><c>people</c> or <c>company</c>.</param>
/// <param name="MaxResults">How many rows are wanted at most; null for as many as the account may have.</param>
/// <param name="ExcludedIds">The ids to leave out.</param>
/// <param name="ExcludedLists">The lists of ids to leave out.</param>
internal sealed record SearchScope(string Mode, int? MaxResults, IReadOnlyList<string> ExcludedIds, IReadOnlyList<string> ExcludedLists)
{
    private const int MostInlineIds = 1000;
    private const int MostLists = 10;

    public static SearchScope Read(MemberReader members, params IReadOnlyList<string> modes) => new(
        members.Word("mode", modes),
        members.OptionalInt("max_results", 1),
        [.. members.OptionalTexts("exclude_public_ids", MostInlineIds), .. members.OptionalTexts("exclude_entity_ids", MostInlineIds)],
        members.OptionalTexts("exclude_list_ids", MostLists));

    /// <summary>The refusal of more rows than the account may have, or of a list that cannot be used.</summary>
    public Reply? Refusal(ExclusionLists lists, EmulatorOptions options)
    {
        if (MaxResults > options.SearchMaxResults)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, $"max_results exceeds the limit of {options.SearchMaxResults}");
        }

        return ExcludedLists.FirstOrDefault(id => lists.Find(id)?.IsReady is not true) is { } unusable
            ? Reply.Detail(HttpStatusCode.BadRequest, $"Exclusion list {unusable} is not ready")
            : null;
    }

    public SearchDefinition Define(string id, ExclusionLists lists, EmulatorOptions options) => new(id, Mode, MaxResults ?? options.SearchMaxResults)
    {
        Excluded = ExcludedIds.Concat(ExcludedLists.SelectMany(list => lists.Find(list)?.Members ?? []))
            .Select(ExclusionLists.Normalized)
            .ToHashSet(StringComparer.OrdinalIgnoreCase),
    };
}
