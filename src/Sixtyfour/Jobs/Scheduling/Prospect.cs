namespace Sixtyfour.Jobs.Scheduling;

/// <summary>What a look at a job is expected to bring.</summary>
/// <param name="Chance">That the job has ended.</param>
/// <param name="Worth">How much of the wait since the last look would have been better spent: grows with the chance, stays zero while none is there. Seconds.</param>
/// <param name="Unseen">How long the job has been finished unseen, on average. Seconds.</param>
internal readonly record struct Prospect(double Chance, double Worth, double Unseen)
{
    public bool IsLikely => Chance >= ScheduleRules.Likely;

    public bool IsWorthARequest => IsLikely || Worth >= ScheduleRules.WorthSeconds;

    /// <summary>Those that have ended almost surely come first, the longest unseen before the others, so that none starves; then those whose look is worth most.</summary>
    public bool IsBetterThan(Prospect other) => IsLikely == other.IsLikely ? IsLikely ? Unseen > other.Unseen : Worth > other.Worth : IsLikely;
}
