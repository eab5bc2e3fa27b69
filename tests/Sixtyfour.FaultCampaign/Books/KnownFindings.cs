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
        new(
            "a run that ends early tells nowhere what it started",
            "outcomes that nobody takes are dropped: doubts are not logged, and ids go to OnStarted only",
            "Lost | many, left* | told nothing*", "Lost | many, canceled* | told nothing*"),
        new(
            "a refusal behind a charged 500",
            "the attempt after a 500 that ran is refused, which says that nothing ran, or nothing of the doubt; in a many-run the refusal ends the run and the input is not named",
            "FalseNothingRan | * | told *; charged under *500, run*",
            "Lost | * | told *SixtyfourApiException*; charged under *500, run*",
            "Lost | many* | told nothing, whole: *InvalidApiKeyException*; charged under *500, run*",
            "Lost | many* | told nothing, whole: *InsufficientCreditsException*; charged under *500, run*",
            "Lost | many* | told nothing, whole: *PermissionDeniedException*; charged under *500, run*"),
        new(
            "resends and the ceiling",
            "a resend after a 500 that ran is not counted",
            "OverCeiling | many*ceiling | charged under *500, run*"),
        new(
            "an id of another form",
            "taskId, data.task_id, a list of one and numbers such as NaN beside the id make an invalid answer, and its id is not read",
            "IdDropped | * | told *; charged under *id as taskId, run*",
            "IdDropped | * | told *; charged under *id inside data, run*",
            "IdDropped | * | told *; charged under *id in a list of one, run*",
            "IdDropped | * | told *; charged under *row_count NaN, run*",
            "IdDropped | * | told *; charged under *status of another type, run*"),
        new(
            "the id in a cut answer",
            "a submission whose answer broke off behind the id is repeated under its key, and the id is forgotten when no repeat succeeds; a start without a length counts as invalid",
            "IdDropped | * | told *; charged under *behind the id, run*"),
        new(
            "a failure inside a 200",
            "an answer without structured_data is an empty success",
            "WrongResult | *call* | call is '' under *error inside a 200, run*",
            "WrongResult | *call* | call is '' under *empty object with 200, run*"),
        new(
            "an empty download",
            "a 200 without a body in place of the file reads as a result without rows",
            "WrongResult | submission* | 0 rows for *", "WrongResult | run* | 0 rows for *"),
    ];
}
