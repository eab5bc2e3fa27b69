using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Sixtyfour;

/// <summary>Settings of a client. All have defaults that suit the service; only a key is required.</summary>
/// <remarks>
/// Only <see cref="ApiKey"/> and the key of <see cref="ApiKeyProvider"/> may change while the application runs: the next attempt uses the new key, and a
/// reload that fails validation is logged once and ignored. All other settings are fixed at the first use of the client. A value out of range fails with an
/// exception before anything is sent: <c>OptionsValidationException</c> with dependency injection, else <see cref="ArgumentException"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SixtyfourClientOptions
{
    /// <summary>This instance itself means that nothing was set.</summary>
    internal static readonly Uri DefaultEndpoint = new("https://api.sixtyfour.ai");

    /// <summary>The API key, sent as <c>x-api-key</c> to the origin of <see cref="Endpoint"/> and <see cref="TrustedDownloadOrigins"/> only.</summary>
    /// <value>
    /// None. Without this and <see cref="ApiKeyProvider"/>, the environment variable <c>SIXTYFOUR_API_KEY</c> is used, but not for keyed clients.
    /// <see cref="ToString"/> never shows it.
    /// </value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>Provides the key for each attempt; takes precedence over <see cref="ApiKey"/>. For vaults and tenants: it should cache the key.</summary>
    /// <value>None.</value>
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>The address of the API. A path prefix is kept. Fixed at first use.</summary>
    /// <value><c>https://api.sixtyfour.ai</c>, or the environment variable <c>SIXTYFOUR_API_ENDPOINT</c> where nothing is set here.</value>
    public Uri Endpoint { get; set; } = DefaultEndpoint;

    /// <summary>Allows sending the key over plain <c>http</c> beyond the loopback interface.</summary>
    /// <value>False: <c>http</c> is accepted for loopback addresses only.</value>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>Provides the JSON contracts of your own types: your <c>JsonSerializerContext</c>. Fixed at first use.</summary>
    /// <value>None: reflection is used where the application allows it; trimmed and AOT-compiled applications must set this.</value>
    public IJsonTypeInfoResolver? TypeInfoResolver { get; set; }

    /// <summary>Makes the logger of the client, category <c>Sixtyfour</c>. Fixed at first use. You dispose it.</summary>
    /// <value>
    /// <see langword="null"/>: a client registered with <c>AddSixtyfour</c> logs to the logger factory of the container, a client made with <c>new</c> does not
    /// log. No message contains a key, an input, an answer or the query of an address.
    /// </value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The address to which the service reports the end of each job that has no address of its own.</summary>
    /// <value>None. An absolute <c>https</c> address of at most 2,083 characters that the service can reach (vendor's webhooks page).</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>How long one attempt of a synchronous agent call may take, including the reading of the answer.</summary>
    /// <value>
    /// 15 minutes 30 seconds: such a call is silent until the agent has finished, and the vendor asks clients to wait 15 minutes. More than zero, at most
    /// <see cref="AgentTotalTimeout"/>.
    /// </value>
    public TimeSpan AgentAttemptTimeout { get; set; } = TimeSpan.FromSeconds(930);

    /// <summary>How long a synchronous agent call may take with all its attempts and waits.</summary>
    /// <value>20 minutes. At least <see cref="AgentAttemptTimeout"/>, at most 49 days.</value>
    public TimeSpan AgentTotalTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long one attempt of any other call may take: job starts, status polls, lookups.</summary>
    /// <value>100 seconds. More than zero, at most <see cref="QuickTotalTimeout"/>.</value>
    public TimeSpan QuickAttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long such a call may take with all its attempts and waits.</summary>
    /// <value>5 minutes. At least <see cref="QuickAttemptTimeout"/>, at most 49 days.</value>
    public TimeSpan QuickTotalTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upload or download may go without a single byte.</summary>
    /// <value>60 seconds. More than zero, at most 49 days.</value>
    public TimeSpan TransferIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a wait for a job goes on while its polls get no answer at all. The job goes on; its id is in the exception.</summary>
    /// <value>
    /// 15 minutes; two minutes if this client has never had an answer, since a mistyped host or a refused certificate is not transient. More than zero, at
    /// most 49 days.
    /// </value>
    public TimeSpan PollFailureTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>When and how often a request is sent again.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>How many requests a minute this client sends.</summary>
    public RateLimitOptions RateLimit { get; } = new();

    /// <summary>Origins besides <see cref="Endpoint"/> that may receive the key, for result files on other hosts.</summary>
    /// <value>Empty. Absolute <c>http</c> or <c>https</c> addresses.</value>
    public IList<Uri> TrustedDownloadOrigins { get; } = [];

    /// <summary>Keeps resilience handlers that the application adds to every <see cref="HttpClient"/>.</summary>
    /// <value>
    /// False: handlers of <c>Microsoft.Extensions.Http.Resilience</c> and <c>Microsoft.Extensions.Http.Polly</c> are removed from this client, because their
    /// timeouts are shorter than a paid call and their retries would send it again.
    /// </value>
    public bool KeepAppWideResilience { get; set; }

    /// <summary>Sends the trace context of the application (<c>traceparent</c>, <c>tracestate</c>) with each request. Baggage is never sent.</summary>
    /// <value>True. Applies to the handlers of the SDK and to your own <c>SocketsHttpHandler</c>; see the page on telemetry.</value>
    public bool SendTraceContext { get; set; } = true;

    /// <summary>The clock of all limits, waits and polls.</summary>
    /// <value><see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Problems of settings that could not be read; validation reports them together with values out of range.</summary>
    internal IList<string> Unreadable { get; } = [];

    /// <summary>Where the key came from if it was not set here, in words for an error message.</summary>
    internal string? KeyOrigin { get; set; }

    /// <summary>False only in the test that shows what the guard prevents.</summary>
    internal bool RefuseResends { get; set; } = true;

    /// <summary>Shows the type and the address, never the key.</summary>
    public override string ToString() => $"{nameof(SixtyfourClientOptions)} for {SafeAddress.Of(Endpoint)}";
}
