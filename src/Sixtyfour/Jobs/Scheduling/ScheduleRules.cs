namespace Sixtyfour.Jobs.Scheduling;

/// <summary>The figures of the poll schedule, each with its reason.</summary>
internal static class ScheduleRules
{
    // The vendor's figures: half of the jobs within 2 minutes, 95 percent within 5, none over 10.
    public const double PriorMedianSeconds = 120;
    public const double PriorSigma = 0.557;
    public const double LongestRunSeconds = 600;

    /// <summary>As many jobs must be seen before what was seen outweighs what is documented.</summary>
    public const double PriorJobs = 20;

    public const double BinSeconds = 5;

    /// <summary>20 minutes; an older job is taken for one whose end comes as likely at any moment.</summary>
    public const int Bins = 240;

    /// <summary>While starts wait and the open jobs fill the longest run: a look that is likely to see the end goes before a start.</summary>
    public const double LikelyWhileStarting = 0.9;

    /// <summary>Seconds of unseen ends that a look must save on average; below, requests are spent on nothing.</summary>
    public const double WorthSeconds = 0.25;

    /// <summary>Without this escape the worth of a look saturates, and old jobs starve.</summary>
    public const double Likely = 0.95;

    // Courtesy looks: a job is not left alone for as long as 10 seconds, as long as that takes little of the limit.
    public const double CourtesyShare = 0.25;
    public static readonly TimeSpan CourtesyWindow = TimeSpan.FromMinutes(1);
    public const double LongestPaceSeconds = 8.5;
    public const double ShortestPaceSeconds = 2;

    /// <summary>A job that has just begun may have failed at once; the older it is, the less a second matters.</summary>
    public const double PaceByAge = 1 / 3.0;

    /// <summary>As long as no more jobs are open, a job that somebody has just begun to wait for is looked at once, at once.</summary>
    public const int Few = 20;

    /// <summary>So many endpoints and tiers are told apart.</summary>
    public const int MostKinds = 32;

    /// <summary>A webhook tells the end; this look is for the one that was lost.</summary>
    public const double BesideWebhookSeconds = 60;

    /// <summary>Jobs that were started together are not asked about together.</summary>
    public const double PaceJitter = 0.1;

    public const double LongestAfterFailureSeconds = 30;
}
