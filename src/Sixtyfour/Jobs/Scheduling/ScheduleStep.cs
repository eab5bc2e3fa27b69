namespace Sixtyfour.Jobs.Scheduling;

/// <summary>What to do with a slot: look at a job, start one, or nothing before <see cref="LookAgain"/>.</summary>
internal readonly record struct ScheduleStep(ScheduleAction Action, ScheduledJob? Job, TimeSpan LookAgain)
{
    public static ScheduleStep Start => new(ScheduleAction.Start, null, default);

    public static ScheduleStep Look(ScheduledJob job, bool isCourtesy = false) =>
        new(isCourtesy ? ScheduleAction.CourtesyLook : ScheduleAction.Look, job, default);

    public static ScheduleStep Wait(TimeSpan until) => new(ScheduleAction.Wait, null, until);
}

internal enum ScheduleAction
{
    Wait,
    Start,
    Look,

    /// <summary>By pace, not by worth; they have a small share of the limit.</summary>
    CourtesyLook,
}
