using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sixtyfour.Bulk;
using Sixtyfour.Companies;
using Sixtyfour.Diagnostics;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;
using Sixtyfour.Leads;
using Sixtyfour.Raw;
using Sixtyfour.Research;

namespace Sixtyfour;

/// <summary>
/// The Sixtyfour API. Thread-safe and meant to be shared: it keeps the request limit and the waits of all its users. In an application with dependency
/// injection use <c>AddSixtyfour</c>.
/// </summary>
[DebuggerDisplay("Sixtyfour client of {_endpoint}")]
public sealed class SixtyfourClient : ISixtyfourClient, IDisposable
{
    private readonly string _endpoint;
    private readonly Transport _transport;
    private readonly JobPoller _poller;

    /// <summary>Makes a client outside dependency injection. Sends nothing.</summary>
    /// <param name="apiKey">The key; takes precedence over the options. Without either, the environment variable <c>SIXTYFOUR_API_KEY</c> is used.</param>
    /// <param name="options">The settings of the client; read once, here. The defaults when <see langword="null"/>.</param>
    /// <param name="handler">
    /// Sends the requests instead of the SDK's own handler, for proxies and tests. It is changed to follow no redirects and to guard paid requests, so it must
    /// be unused and for this client alone. You dispose it.
    /// </param>
    /// <exception cref="ArgumentException">There is no key, or an option is out of range; the message names setting, value and fix.</exception>
    public SixtyfourClient(string? apiKey = null, SixtyfourClientOptions? options = null, HttpMessageHandler? handler = null)
        : this(Standalone(apiKey, options), OwnHttp(handler, options?.SendTraceContext is not false))
    {
    }

    private SixtyfourClient(SixtyfourClientOptions options, HttpClient own)
        : this(options, () => options, () => own, options.LoggerFactory?.CreateLogger(SixtyfourTelemetry.Name) ?? NullLogger.Instance, owned: own)
    {
    }

    internal SixtyfourClient(
        SixtyfourClientOptions options,
        Func<SixtyfourClientOptions> inForce,
        Func<HttpClient> clients,
        ILogger logger,
        IDisposable? owned = null,
        Func<double>? random = null)
    {
        random ??= static () => Random.Shared.NextDouble();
        logger = new QuietLogger(logger);
        _endpoint = SafeAddress.Origin(options.Endpoint);
        _transport = new Transport(options, clients, inForce, logger, random, owned);
        var statusCalls = new JobStatusCalls(_transport, options.TimeProvider);
        _poller = new JobPoller(statusCalls, _transport.BackgroundPermits, options.TimeProvider, logger, random, options.PollFailureTimeout);
        var contracts = new JsonContracts(options.TypeInfoResolver);
        Leads = new LeadsClient(Endpoint("enrich-lead"), contracts);
        People = new LeadsClient(Endpoint("people-intelligence"), contracts);
        Companies = new CompaniesClient(Endpoint("company-intelligence"), contracts);
        var bulkJobs = new BulkProgressSource(new PolledJobs(_poller, JobKind.Bulk), _transport, options, logger);
        Bulk = new BulkClient(_transport, bulkJobs, contracts, BulkResults.Downloads(_transport, statusCalls, contracts, options), options, logger);
        Jobs = new JobsClient(_poller, contracts);
        Raw = new RawClient(_transport);

        ResearchEndpoint Endpoint(string route) => new(route, _transport, _poller, options.WebhookUrl);
    }

    /// <inheritdoc/>
    public ILeadsClient Leads { get; }

    /// <inheritdoc/>
    public IPeopleClient People { get; }

    /// <inheritdoc/>
    public ICompaniesClient Companies { get; }

    /// <inheritdoc/>
    public IBulkClient Bulk { get; }

    /// <inheritdoc/>
    public IJobsClient Jobs { get; }

    /// <inheritdoc/>
    public IRawClient Raw { get; }

    /// <summary>
    /// Ends open waits with <see cref="ObjectDisposedException"/>, which names the job; the jobs go on. Nothing more is sent; requests that were sent are still
    /// waited for, since they are paid for. Disposes only what the client itself made.
    /// </summary>
    public void Dispose()
    {
        _poller.Dispose();
        _transport.Dispose();
    }

    private static SixtyfourClientOptions Standalone(string? apiKey, SixtyfourClientOptions? options)
    {
        var copy = ClientSettings.Copy(options ?? new());
        if (apiKey is not null)
        {
            copy.ApiKey = apiKey;
            copy.KeyOrigin = "as an argument of the constructor";
            copy.ApiKeyProvider = null;
        }

        new EnvironmentFallback().Apply(copy, isDefault: true);
        var problems = ClientSettings.Problems(copy);
        return problems.Count is 0 ? copy : throw new ArgumentException(string.Join(" ", problems), options is null ? nameof(apiKey) : nameof(options));
    }

    private static HttpClient OwnHttp(HttpMessageHandler? handler, bool sendsTraceContext) =>
        new(HandlerChain.Guard(handler ?? PrimaryHandler.Create(), sendsTraceContext), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Shows the address, never the key.</summary>
    public override string ToString() => $"{nameof(SixtyfourClient)} of {_endpoint}";
}
