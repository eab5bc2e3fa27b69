using System.IO.Enumeration;

namespace Sixtyfour.FaultCampaign.Books;

/// <summary>A kind of finding that is known and not repaired yet.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Why">One line on the cause.</param>
/// <param name="Patterns">Signatures; <c>*</c> stands for any characters.</param>
internal sealed record KnownFinding(string Name, string Why, params string[] Patterns)
{
    public bool Matches(Finding finding) => Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, finding.Signature, ignoreCase: false));
}

/// <summary>The pinned kinds. A kind that is repaired is taken off this list, so that it cannot come back unseen.</summary>
internal static class KnownFindings
{
    public static IReadOnlyList<KnownFinding> All { get; } =
    [
    ];
}
