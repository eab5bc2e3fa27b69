using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Sixtyfour;

/// <summary>How a client behaves. Every setting has a default that suits the service; only a key is needed.</summary>
/// <remarks>
/// Only <see cref="ApiKey"/> and what <see cref="ApiKeyProvider"/> answers may change while the application runs: the next attempt uses the new key, and
/// a reload that fails validation is logged once and ignored. Everything else is fixed at the first use of the client.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SixtyfourClientOptions
{
    /// <summary>The instance itself tells that nothing was set.</summary>
    internal static readonly Uri DefaultEndpoint = new("https://api.sixtyfour.ai");

    /// <summary>The API key, sent as <c>x-api-key</c> to the origin of <see cref="Endpoint"/> and to no other.</summary>
    /// <value>
    /// None. Where neither this nor <see cref="ApiKeyProvider"/> is set, the environment variable <c>SIXTYFOUR_API_KEY</c> is used.
    /// <see cref="ToString"/> never shows it.
    /// </value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>Asked for the key at each attempt; wins over <see cref="ApiKey"/>. For vaults and tenants: it should cache what it fetches.</summary>
    /// <value>None.</value>
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>The address of the API. A path prefix is kept. Fixed at first use.</summary>
    /// <value><c>https://api.sixtyfour.ai</c>, or what the environment variable <c>SIXTYFOUR_API_ENDPOINT</c> holds when nothing was set here.</value>
    public Uri Endpoint { get; set; } = DefaultEndpoint;

    /// <summary>Lets the key travel over plain <c>http</c> beyond the loopback interface.</summary>
    /// <value>False: <c>http</c> is accepted for loopback addresses only.</value>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>Where the JSON contracts of your own types come from: your <c>JsonSerializerContext</c>. Fixed at first use.</summary>
    /// <value>None: reflection is used where the application allows it; trimmed and AOT-compiled applications must set this.</value>
    public IJsonTypeInfoResolver? TypeInfoResolver { get; set; }

    /// <summary>Makes the logger of the client, category <c>Sixtyfour</c>. Fixed at first use, and yours to dispose.</summary>
    /// <value>
    /// <see langword="null"/>: a client registered with <c>AddSixtyfour</c> logs to the logger factory of the container, a client made with <c>new</c> does not
    /// log. No message holds a key, an input, an answer or the query of an address.
    /// </value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Where the service reports the end of every job that names no address of its own.</summary>
    /// <value>None. An absolute <c>https</c> address of at most 2,083 characters that the service can reach (vendor's webhooks page).</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>How long one attempt of a synchronous agent call may take, the reading of the answer included.</summary>
    /// <value>15 minutes 30 seconds: such a call is silent until the agent has finished, and the vendor asks clients to wait 15 minutes.</value>
    public TimeSpan AgentAttemptTimeout { get; set; } = TimeSpan.FromSeconds(930);

    /// <summary>How long a synchronous agent call may take with all its attempts and waits.</summary>
    /// <value>20 minutes. At least <see cref="AgentAttemptTimeout"/>.</value>
    public TimeSpan AgentTotalTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long one attempt of any other call may take: job starts, status polls, look-ups.</summary>
    /// <value>100 seconds.</value>
    public TimeSpan QuickAttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long such a call may take with all its attempts and waits.</summary>
    /// <value>5 minutes. At least <see cref="QuickAttemptTimeout"/>.</value>
    public TimeSpan QuickTotalTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upload or download may go without a single byte.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan TransferIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a wait for a job goes on while its polls get no answer at all. The job goes on; its id is in the exception.</summary>
    /// <value>15 minutes. Two minutes where this client has never had an answer: a mistyped host or a refused certificate does not pass.</value>
    public TimeSpan PollFailureTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>When and how often a request is sent again.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>How many requests a minute leave this client.</summary>
    public RateLimitOptions RateLimit { get; } = new();

    /// <summary>Origins that may receive the key besides <see cref="Endpoint"/>, for result files that lie elsewhere.</summary>
    /// <value>Empty.</value>
    public IList<Uri> TrustedDownloadOrigins { get; } = [];

    /// <summary>Keeps resilience handlers that the application puts on every <see cref="HttpClient"/>.</summary>
    /// <value>
    /// False: handlers of <c>Microsoft.Extensions.Http.Resilience</c> and <c>Microsoft.Extensions.Http.Polly</c> are taken off this client, because their
    /// timeouts are shorter than a paid call and their retries would send it again.
    /// </value>
    public bool KeepAppWideResilience { get; set; }

    /// <summary>Lets the trace context of the application (<c>traceparent</c>, <c>tracestate</c>) travel with each request. Baggage never does.</summary>
    /// <value>True. Holds for handlers that the SDK makes and for a <c>SocketsHttpHandler</c> of yours; see the page on telemetry.</value>
    public bool SendTraceContext { get; set; } = true;

    /// <summary>The clock of every limit, wait and poll.</summary>
    /// <value><see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Settings that could not even be read; validation reports them beside what is out of range.</summary>
    internal IList<string> Unreadable { get; } = [];

    /// <summary>Where the key came from when it was not set here, in words for an error.</summary>
    internal string? KeyOrigin { get; set; }

    /// <summary>Off only in the test that shows what the guard prevents.</summary>
    internal bool RefuseResends { get; set; } = true;

    /// <summary>Names the type and the address; never the key.</summary>
    public override string ToString() => $"{nameof(SixtyfourClientOptions)} for {SafeAddress.Of(Endpoint)}";
}
