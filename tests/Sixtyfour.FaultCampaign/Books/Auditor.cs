namespace Sixtyfour.FaultCampaign.Books;

internal enum Verdict
{
    /// <summary>One input was charged more than once, and no documented resend explains it.</summary>
    DoubleCharge,

    /// <summary>A charge that the user was told of nowhere.</summary>
    Lost,

    /// <summary>The id of a job reached the client, and the user was told of a doubt only.</summary>
    IdDropped,

    /// <summary>A charge, and the user was told that nothing ran.</summary>
    FalseNothingRan,

    /// <summary>A run charged more than its ceiling.</summary>
    OverCeiling,

    /// <summary>A result without a charge, or the result of another input.</summary>
    WrongResult,

    /// <summary>A call that did not end.</summary>
    Hung,

    /// <summary>An exception that the documentation does not name.</summary>
    UnexpectedException,
}

/// <summary>Something that the books do not agree on.</summary>
/// <param name="Case">The case; together with the seed it can be run again.</param>
/// <param name="Verdict">Of what kind it is.</param>
/// <param name="Operation">The operation of the case.</param>
/// <param name="Detail">What was told and under which faults.</param>
internal sealed record Finding(int Case, Verdict Verdict, string Operation, string Detail)
{
    public string Signature => $"{Verdict} | {Operation} | {Detail}";
}

/// <summary>Compares what was charged with what was told.</summary>
internal static class Auditor
{
    public static IEnumerable<Finding> Audit(int number, string operation, CaseBooks books, int? ceilingCents)
    {
        var own = books.Charges.Where(charge => !charge.IsEarlierDelivery).ToList();
        if (own.Sum(charge => charge.Cents) > ceilingCents)
        {
            yield return new(number, Verdict.OverCeiling, operation, $"charged under {Words(own.Select(charge => charge.Fault))}");
        }

        foreach (var charges in books.Charges.GroupBy(charge => charge.Token))
        {
            var said = books.Said.Where(said => said.Token == charges.Key || (said.Token is null && said.Kind is SaidKind.Doubt)).ToList();
            var whole = books.Said.Where(said => said.Token is null && said.Kind is not (SaidKind.Doubt or SaidKind.Id)).Select(said => said.How).Distinct();
            var told = $"told {Words(said.Select(said => said.How))}{(whole.Any() ? $", whole: {Words(whole)}" : "")}; "
                + $"charged under {Words(charges.Select(charge => charge.Fault))}";
            foreach (var verdict in Verdicts([.. charges.Where(charge => !charge.IsEarlierDelivery)], said, books.Said))
            {
                yield return new(number, verdict, operation, told);
            }
        }

        foreach (var phantom in books.Said.Where(said => said.Kind is SaidKind.Result && !books.Charges.Any(charge => charge.Token == said.Token)))
        {
            yield return new(number, Verdict.WrongResult, operation, $"a result of {phantom.How} without a charge");
        }
    }

    private static IEnumerable<Verdict> Verdicts(IReadOnlyList<Charge> charges, IReadOnlyList<Said> aboutInput, IReadOnlyList<Said> all)
    {
        // After a 500 the documentation lets a paid call be sent again: that charge has been told by its successor.
        var last = charges.Where((charge, index) => charge.StatusShown is not 500 || index == charges.Count - 1).ToList();
        if (last.Count > 1)
        {
            yield return Verdict.DoubleCharge;
        }

        if (charges.Count > 0 && aboutInput.Any(said => said.Kind is SaidKind.NothingRan && said.Covers(charges.Count)))
        {
            yield return Verdict.FalseNothingRan;
        }

        foreach (var charge in last)
        {
            var isNamed = charge.JobId is { } id && all.Any(said => said.JobId == id);
            var isDoubted = aboutInput.Any(said => said.Kind is SaidKind.Doubt or SaidKind.Result);
            if (charge.IdDelivered && !charge.IsCutOffByKill && !isNamed && isDoubted)
            {
                yield return Verdict.IdDropped;
            }
            else if (!isNamed && !isDoubted && !aboutInput.Any(said => said.Kind is SaidKind.NothingRan))
            {
                yield return Verdict.Lost;
            }
        }
    }

    private static string Words(IEnumerable<string> words)
    {
        var distinct = words.Distinct().Order(StringComparer.Ordinal).ToList();
        return distinct.Count is 0 ? "nothing" : string.Join(" + ", distinct);
    }
}
