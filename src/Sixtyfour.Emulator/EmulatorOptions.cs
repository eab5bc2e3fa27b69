using System.Net;
using Sixtyfour.Emulator.Billing;

namespace Sixtyfour.Emulator;

/// <summary>How an emulator behaves. The defaults follow the vendor's documentation where it speaks, and <c>docs/emulator.md</c> where it is silent.</summary>
/// <remarks>Read once, when the emulator starts.</remarks>
public sealed class EmulatorOptions
{
    /// <summary>Where to listen, <c>http</c> only. A path becomes a prefix of every route; port 0 picks a free one.</summary>
    /// <value>None: a free port of the loopback interface.</value>
    public Uri? Url { get; set; }

    /// <summary>The key that requests must carry.</summary>
    /// <value><c>emulator-key</c></value>
    public string ApiKey { get; set; } = "emulator-key";

    /// <summary>Keys that are accepted besides <see cref="ApiKey"/>; each has a rate limit of its own.</summary>
    /// <value>Empty.</value>
    public IList<string> OtherApiKeys { get; } = [];

    /// <summary>A clock of your own. The emulator then lives on it, and only you can move it.</summary>
    /// <value>None: the real clock, unless <see cref="TimeScale"/> or <see cref="ManualClock"/> says otherwise.</value>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>How many times faster than real time the emulator's clock runs.</summary>
    /// <value>1. With 600, ten minutes pass in a second.</value>
    public double TimeScale { get; set; } = 1;

    /// <summary>
    /// The clock stands still until <see cref="SixtyfourEmulator.Advance"/> or <see cref="SixtyfourEmulator.AdvanceUntilAsync{T}"/> moves it.
    /// </summary>
    /// <value>False. The manual clock begins at midnight UTC on 1 January 2026.</value>
    public bool ManualClock { get; set; }

    /// <summary>How long the work of one call takes on the emulator's clock, synchronous calls included.</summary>
    /// <value>
    /// Log-normal: half of the calls within 120 seconds, 95 percent within 300, none over 600. The random numbers depend on <see cref="Seed"/> and the
    /// request alone, so that the same calls take the same times in every run.
    /// </value>
    public Func<Random, TimeSpan>? RunTime { get; set; }

    /// <summary>The balance at the start, in US cents.</summary>
    /// <value>100,000 (1,000 dollars)</value>
    public decimal BalanceCents { get; set; } = 100_000;

    /// <summary>The balance at the start in the service's credits, ten cents each: the same money as <see cref="BalanceCents"/>.</summary>
    /// <value>10,000</value>
    public decimal BalanceCredits
    {
        get => BalanceCents / CostUnits.CentsPerCredit;
        set => BalanceCents = value * CostUnits.CentsPerCredit;
    }

    /// <summary>
    /// What everything costs, in US cents: a call or a row of a file by its tier, the rest by its name. What has no price here costs nothing.
    /// </summary>
    /// <value>
    /// Documented: <c>low</c> 10, <c>xhigh</c> 2,500 a unit, <c>find_email</c> 5, <c>find_email_personal</c> 20, <c>find_phone</c> 30, <c>search_row</c> 1.
    /// Invented: <c>micro</c> 5, <c>medium</c> 25, <c>high</c> 100, <c>scout</c> 100, <c>reverse_email</c> 5, <c>reverse_phone</c> 5,
    /// <c>enrich_linkedin</c> 5, <c>qa_agent</c> 10.
    /// </value>
    public IDictionary<string, decimal> PricesCents { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["micro"] = 5,
        ["low"] = 10,
        ["medium"] = 25,
        ["high"] = 100,
        ["xhigh"] = 2500,
        ["scout"] = 100,
        ["find_email"] = 5,
        ["find_email_personal"] = 20,
        ["find_phone"] = 30,
        ["reverse_email"] = 5,
        ["reverse_phone"] = 5,
        ["enrich_linkedin"] = 5,
        ["qa_agent"] = 10,
        ["search_row"] = 1,
    };

    /// <summary>Whether the account may use the tiers <c>high</c> and <c>xhigh</c>.</summary>
    /// <value>False: they are answered with 403.</value>
    public bool HighTierEnabled { get; set; }

    /// <summary>
    /// Whether <c>struct</c> must be there in a request about a person, as the vendor's enrich-lead page says; the contract makes it optional.
    /// </summary>
    /// <value>False.</value>
    public bool RequiresStruct { get; set; }

    /// <summary>
    /// Whether <c>/enrich-lead-async</c> minds <c>dispatch_id</c>, as <c>/people-intelligence-async</c> always does. Nothing says that it does.
    /// </summary>
    /// <value>False: it is ignored there, and a repeat starts a second job.</value>
    public bool LeadsHonorDispatchIds { get; set; }

    /// <summary>Makes another set of answers and run times. The same seed and the same request give the same answer.</summary>
    /// <value>0</value>
    public int Seed { get; set; }

    /// <summary>
    /// The share of fields that the agent does not find, 0 to 1. Never a field of the samples, Nadia Okafor at Example Robotics and that company itself.
    /// </summary>
    /// <value>0.05</value>
    public double NotFoundShare { get; set; } = 0.05;

    /// <summary>Whether members of the input that the struct does not name come back in <c>structured_data</c>, as they do in the vendor's samples.</summary>
    /// <value>True.</value>
    public bool EchoesInput { get; set; } = true;

    /// <summary>Whether <c>confidence_score</c> is sent also when <c>field_confidence</c> was asked for. The vendor's pages differ.</summary>
    /// <value>True.</value>
    public bool ConfidenceScoreBesideFieldConfidence { get; set; } = true;

    /// <summary>The form of error bodies.</summary>
    /// <value><see cref="ErrorForm.ErrorsPage"/></value>
    public ErrorForm ErrorForm { get; set; }

    /// <summary>The form of the answers of <c>GET /job-status/{id}</c>.</summary>
    /// <value><see cref="JobStatusForm.Production"/></value>
    public JobStatusForm JobStatusForm { get; set; }

    /// <summary>The <c>status</c> word of the answer to a start; empty leaves the member out.</summary>
    /// <value>Null: <c>pending</c> for <c>/enrich-…</c>, <c>RUNNING</c> for <c>/…-intelligence</c>, as recorded from the service.</value>
    public string? SubmitStatus { get; set; }

    /// <summary>Whether <c>webhook_url</c> may be <c>http</c>, or name a loopback or private address.</summary>
    /// <value>False: such an address is answered with 400.</value>
    public bool AllowsLocalWebhooks { get; set; }

    /// <summary>How many requests a minute one key may send.</summary>
    /// <value>500. Null: no limit.</value>
    public int? RequestsPerMinute { get; set; } = 500;

    /// <summary>How the minute of the rate limit is measured; the vendor does not say.</summary>
    /// <value><see cref="RateLimitWindow.Sliding"/></value>
    public RateLimitWindow RateLimitWindow { get; set; }

    /// <summary>Whether answers carry the <c>X-RateLimit-…</c> headers, which "may be included".</summary>
    /// <value>True.</value>
    public bool SendsRateLimitHeaders { get; set; } = true;

    /// <summary>Whether the answer to one request too many carries <c>Retry-After</c>, which the vendor never mentions.</summary>
    /// <value>True.</value>
    public bool SendsRetryAfter { get; set; } = true;

    /// <summary>How many bulk files may be submitted a minute, all keys together. A repeated submission does not count.</summary>
    /// <value>10, as documented. Null: no limit.</value>
    public int? BulkSubmissionsPerMinute { get; set; } = 10;

    /// <summary>What each row of a bulk file adds to the <see cref="RunTime"/> of its job.</summary>
    /// <value>Null: nothing when <see cref="RunTime"/> is set, else 30 milliseconds, which are 50 minutes for 100,000 rows.</value>
    public TimeSpan? RunTimePerRow { get; set; }

    /// <summary>
    /// The share of rows that cannot be enriched and come back as they are, 0 to 1. They are charged, too. Never a row of the sample lead, Nadia Okafor at
    /// Example Robotics.
    /// </summary>
    /// <value>0.02</value>
    public double PassThroughShare { get; set; } = 0.02;

    /// <summary>
    /// Up to how many rows the files of a bulk job stand in the answer about it as well, when they have no more than a megabyte. The vendor says "small files".
    /// </summary>
    /// <value>20</value>
    public int PreviewRows { get; set; } = 20;

    /// <summary>How long a link to a file lives, on the emulator's clock, from the answer that named it.</summary>
    /// <value>15 minutes, as documented.</value>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The answer to a link that has expired; the vendor names none.</summary>
    /// <value>403</value>
    public HttpStatusCode ExpiredLinkStatus { get; set; } = HttpStatusCode.Forbidden;

    /// <summary>Whether downloads need a key as well, as the vendor's bulk page says; without one they are answered with 401.</summary>
    /// <value>True.</value>
    public bool LinksNeedKey { get; set; } = true;

    /// <summary>How many people, and how many companies, there are for a search to find, whatever it asks for.</summary>
    /// <value>25</value>
    public int SearchResultCount { get; set; } = 25;

    /// <summary>How many rows one search may give out; more are answered with 400.</summary>
    /// <value>1,000, as documented for keys.</value>
    public int SearchMaxResults { get; set; } = 1000;

    /// <summary>Each page of a search whose number is a multiple of this has no rows although more follow, as the contract allows.</summary>
    /// <value>Null: no page is empty before the end.</value>
    public int? EmptySearchPageEvery { get; set; }

    /// <summary>How many requests <see cref="SixtyfourEmulator.Requests"/> keeps; older ones are forgotten.</summary>
    /// <value>100,000</value>
    public int MaxRecordedRequests { get; set; } = 100_000;

    /// <summary>Told about each request when its answer was sent, or its connection broken off. Called by several threads at once.</summary>
    /// <value>None.</value>
    public Action<EmulatorRequest>? OnRequest { get; set; }

    /// <summary>
    /// How long nothing must have happened, in real time, before <see cref="SixtyfourEmulator.AdvanceUntilAsync{T}"/> jumps to the next timer.
    /// </summary>
    /// <value>20 milliseconds. Longer is safer on a loaded machine, shorter makes long runs faster.</value>
    public TimeSpan SettlePeriod { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long nothing may move, in real time, before <see cref="SixtyfourEmulator.AdvanceUntilAsync{T}"/> gives up.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Names the type; never a key.</summary>
    public override string ToString() => nameof(EmulatorOptions);

    internal TimeSpan RunTimeOf(int rows) => rows * (RunTimePerRow ?? (RunTime is null ? TimeSpan.FromMilliseconds(30) : TimeSpan.Zero));

    internal decimal PriceOf(string what) => PricesCents.TryGetValue(what, out var price) ? price : 0;

    internal void Check()
    {
        if (Url is { } url && (!url.IsAbsoluteUri || url.Scheme != Uri.UriSchemeHttp))
        {
            throw new ArgumentException($"Url is '{url}': the emulator speaks http only, for example http://127.0.0.1:6464.");
        }

        if (!double.IsFinite(TimeScale) || TimeScale <= 0)
        {
            throw new ArgumentException($"TimeScale is {TimeScale}: it must be a number above 0.");
        }

        if ((TimeProvider is not null ? 1 : 0) + (ManualClock ? 1 : 0) + (TimeScale != 1 ? 1 : 0) > 1)
        {
            throw new ArgumentException("Set one of TimeProvider, ManualClock and TimeScale: each of them decides which clock the emulator lives on.");
        }

        if (string.IsNullOrWhiteSpace(ApiKey))
        {
            throw new ArgumentException("ApiKey is empty: requests could not be told from those without a key.");
        }

        if (RequestsPerMinute is < 1)
        {
            throw new ArgumentException($"RequestsPerMinute is {RequestsPerMinute}: it must be at least 1, or null for no limit.");
        }

        if (NotFoundShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"NotFoundShare is {NotFoundShare}: it must lie between 0 and 1.");
        }

        if (PassThroughShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"PassThroughShare is {PassThroughShare}: it must lie between 0 and 1.");
        }

        if (RunTimePerRow < TimeSpan.Zero)
        {
            throw new ArgumentException($"RunTimePerRow is {RunTimePerRow}: it cannot be negative.");
        }

        if (PreviewRows < 0)
        {
            throw new ArgumentException($"PreviewRows is {PreviewRows}: it cannot be negative.");
        }

        if (BulkSubmissionsPerMinute is < 1)
        {
            throw new ArgumentException($"BulkSubmissionsPerMinute is {BulkSubmissionsPerMinute}: it must be at least 1, or null for no limit.");
        }

        if (LinkLifetime <= TimeSpan.Zero)
        {
            throw new ArgumentException($"LinkLifetime is {LinkLifetime}: it must be more than zero.");
        }

        if (SearchResultCount < 0)
        {
            throw new ArgumentException($"SearchResultCount is {SearchResultCount}: it cannot be negative.");
        }

        if (SearchMaxResults < 1)
        {
            throw new ArgumentException($"SearchMaxResults is {SearchMaxResults}: it must be at least 1.");
        }

        if (EmptySearchPageEvery is < 2)
        {
            throw new ArgumentException($"EmptySearchPageEvery is {EmptySearchPageEvery}: it must be at least 2, or null, or no search would get anywhere.");
        }

        if (MaxRecordedRequests < 1)
        {
            throw new ArgumentException($"MaxRecordedRequests is {MaxRecordedRequests}: it must be at least 1.");
        }
    }
}
