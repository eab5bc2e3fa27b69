namespace Sixtyfour.Http.RateLimiting;

/// <summary>The figures of the request limit, each with its reason. Counts are for 500 requests a minute and scale with the limit.</summary>
internal static class RateLimitRules
{
    /// <summary>What the limit counts over.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>By then the service must have counted a request: a call that is silent for minutes must not hold its slot as long.</summary>
    public static readonly TimeSpan LatestCount = TimeSpan.FromSeconds(5);

    /// <summary>A refusal comes within a round trip, so an agent call that is silent for longer was let in.</summary>
    public static readonly TimeSpan PresumedAccepted = TimeSpan.FromSeconds(1);

    /// <summary>The limit the figures below were found for.</summary>
    public const double ReferenceLimit = 500;

    // Slow start: n processes that start together refuse L/8 + 8n once; doubling freely refuses L, eight at a time costs a lone burst 9 seconds.
    public const double FirstBurst = 8;
    public const double BurstShare = 1 / 8.0;

    /// <summary>From then on what the headers said is corrected by slots that returned.</summary>
    public static readonly TimeSpan RemainingIsFresh = TimeSpan.FromSeconds(1);

    /// <summary>From then on what others have sent is unknown: a few at a time, and probes when nothing is left.</summary>
    public static readonly TimeSpan RemainingIsStale = TimeSpan.FromSeconds(5);
    public const int BurstWhenStale = 8;

    /// <summary>Without a reply that had headers for so long there are none.</summary>
    public static readonly TimeSpan HeadersLast = TimeSpan.FromMinutes(1);

    // The listening gap: the probe of a newcomer (at most 8 seconds apart) must find room, else it never learns that it shares.
    public const double GapShare = 0.99;
    public const double GapBurst = 0.5;
    public static readonly TimeSpan ListeningGap = TimeSpan.FromSeconds(10);

    /// <summary>How long others are remembered; 60 would do with headers.</summary>
    public static readonly TimeSpan SharingLasts = TimeSpan.FromSeconds(120);

    /// <summary>Without headers a refusal is the only sign: 120 triples the refusals beside a steady client.</summary>
    public static readonly TimeSpan SharingLastsBlind = TimeSpan.FromSeconds(300);

    /// <summary>The pace doubles in this time at most; without, refilled bursts come back every minute.</summary>
    public static readonly TimeSpan PaceDoubles = TimeSpan.FromSeconds(3);

    /// <summary>Processes that got in step would collide for good.</summary>
    public const double GapJitter = 0.25;

    /// <summary>About the room that two processes leave; it stays out of the line. Scales with the square root of the limit.</summary>
    public const double OutOfLine = 16;

    /// <summary>A window counts as new from here: 0.95 misses windows that others have begun to fill.</summary>
    public const double NewWindowShare = 0.8;

    /// <summary>The least difference of the clocks is the best, but clocks drift, and one answer may bring a wrong time.</summary>
    public static readonly TimeSpan ClocksAgreeFor = TimeSpan.FromMinutes(10);

    /// <summary>A reset that moved although it lay ahead by this much is no window's end.</summary>
    public static readonly TimeSpan EarlyReset = TimeSpan.FromSeconds(2);

    // No process starves when nothing remains.
    private const double LeastRate = 25;

    // Cuts: a big user gives back more than a small one, so that a newcomer is in within minutes.
    public const double LeastCut = 0.05;
    public const double CutByShare = 0.25;

    /// <summary>One newcomer's burst must not throw an old process to the floor.</summary>
    public const double DeepestCut = 0.5;

    // What a cut starts from: with headers the pace already yields, without them it must.
    public const double CutBase = 2;
    public const double CutBaseBlind = 1.1;

    /// <summary>+1, doubling per 15 seconds, regains any loss in two minutes, yet costs one refusal a minute at most.</summary>
    public static readonly TimeSpan RegainDoubles = TimeSpan.FromSeconds(15);

    /// <summary>Longer pauses miss the listening gap.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Crosses the end of most windows: one refusal a window instead of two or three.</summary>
    public static readonly TimeSpan FirstPauseBlind = TimeSpan.FromSeconds(4);
    public const double PauseJitter = 0.25;
    public static readonly TimeSpan ShortestHint = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan LongestHint = TimeSpan.FromSeconds(60);

    /// <summary>After so many other calls in a row a waiting poll goes: an application that calls without end must not keep results from being seen.</summary>
    public const int CallsBeforePoll = 9;

    /// <summary>The slowest pace beside others, and the floor of every cut; once a minute where the limit is a handful.</summary>
    public static double LeastRateAt(double limit) => Math.Max(1, LeastRate * limit / ReferenceLimit);
}
