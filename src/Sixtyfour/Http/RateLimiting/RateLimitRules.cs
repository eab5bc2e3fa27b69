namespace Sixtyfour.Http.RateLimiting;

/// <summary>The figures of the request limit, each with its reason. Counts are for 500 requests a minute and scale with the limit.</summary>
internal static class RateLimitRules
{
    /// <summary>The time that the limit counts over.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>By then the service must have counted a request: a call that is silent for minutes must not hold its slot that long.</summary>
    public static readonly TimeSpan LatestCount = TimeSpan.FromSeconds(5);

    /// <summary>A refusal comes within a round trip, so an agent call that is silent for longer was let in.</summary>
    public static readonly TimeSpan PresumedAccepted = TimeSpan.FromSeconds(1);

    /// <summary>The limit the figures below were found for.</summary>
    public const double ReferenceLimit = 500;

    // Slow start: n processes that start together refuse L/8 + 8n once; doubling freely refuses L, eight at a time costs a lone burst 9 seconds.
    public const double FirstBurst = 8;
    public const double BurstShare = 1 / 8.0;

    /// <summary>After this time the remaining requests of the headers are corrected by slots that were freed.</summary>
    public static readonly TimeSpan RemainingIsFresh = TimeSpan.FromSeconds(1);

    /// <summary>After this time it is unknown what others have sent: a few requests at a time, and probes when nothing is left.</summary>
    public static readonly TimeSpan RemainingIsStale = TimeSpan.FromSeconds(5);
    public const int BurstWhenStale = 8;

    /// <summary>After this time without headers in an answer, the service is taken to send none.</summary>
    public static readonly TimeSpan HeadersLast = TimeSpan.FromMinutes(1);

    // The listening gap: the probe of a newcomer (at most 8 seconds apart) must find room, or it never learns that it shares the key.
    public const double GapShare = 0.99;
    public const double GapBurst = 0.5;
    public static readonly TimeSpan ListeningGap = TimeSpan.FromSeconds(10);

    /// <summary>How long others are remembered; 60 would do with headers.</summary>
    public static readonly TimeSpan SharingLasts = TimeSpan.FromSeconds(120);

    /// <summary>Without headers a refusal is the only sign: 120 triples the refusals next to a steady client.</summary>
    public static readonly TimeSpan SharingLastsBlind = TimeSpan.FromSeconds(300);

    /// <summary>The pace doubles in this time at most; without this bound, bursts come back every minute.</summary>
    public static readonly TimeSpan PaceDoubles = TimeSpan.FromSeconds(3);

    /// <summary>Without jitter, processes that got into step would collide forever.</summary>
    public const double GapJitter = 0.25;

    /// <summary>About the room that two processes leave; it is not reserved. Scales with the square root of the limit.</summary>
    public const double NotReserved = 16;

    /// <summary>A window counts as new from here: 0.95 misses windows that others have begun to fill.</summary>
    public const double NewWindowShare = 0.8;

    /// <summary>The least difference of the clocks is the best, but clocks drift, and one answer may bring a wrong time.</summary>
    public static readonly TimeSpan ClocksAgreeFor = TimeSpan.FromMinutes(10);

    /// <summary>A reset that moved although it was still this far ahead does not mark the end of a window.</summary>
    public static readonly TimeSpan EarlyReset = TimeSpan.FromSeconds(2);

    // So that no process starves when nothing remains.
    private const double LeastRate = 25;

    // Cuts: a big user gives back more than a small one, so that a newcomer is in within minutes.
    public const double LeastCut = 0.05;
    public const double CutByShare = 0.25;

    /// <summary>The burst of one newcomer must not cut an old process to the minimum.</summary>
    public const double DeepestCut = 0.5;

    // The base of a cut: with headers the pace already yields, without them the cut has to.
    public const double CutBase = 2;
    public const double CutBaseBlind = 1.1;

    /// <summary>+1, doubling per 15 seconds, regains any loss in two minutes, yet costs one refusal a minute at most.</summary>
    public static readonly TimeSpan RegainDoubles = TimeSpan.FromSeconds(15);

    /// <summary>Longer pauses miss the listening gap.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Reaches past the end of most windows: one refusal a window instead of two or three.</summary>
    public static readonly TimeSpan FirstPauseBlind = TimeSpan.FromSeconds(4);
    public const double PauseJitter = 0.25;
    public static readonly TimeSpan ShortestHint = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan LongestHint = TimeSpan.FromSeconds(60);

    /// <summary>After this many calls in a row a waiting poll goes: an application that calls without pause must still see its results.</summary>
    public const int CallsBeforePoll = 9;

    /// <summary>The slowest pace while the key is shared, and the minimum of every cut; once a minute where the limit is very low.</summary>
    public static double LeastRateAt(double limit) => Math.Max(1, LeastRate * limit / ReferenceLimit);
}
