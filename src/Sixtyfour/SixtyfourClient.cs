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
using Sixtyfour.People;
using Sixtyfour.Raw;
using Sixtyfour.Research;

namespace Sixtyfour;

/// <summary>
/// The Sixtyfour API. Thread-safe and meant to be shared: it holds the request limit and the waits of everything that uses it. In an application with
/// dependency injection use <c>AddSixtyfour</c>.
/// </summary>
[DebuggerDisplay("Sixtyfour client of {_endpoint}")]
public sealed class SixtyfourClient : ISixtyfourClient, IDisposable
{
    private readonly string _endpoint;
    private readonly Transport _transport;
    private readonly JobPoller _poller;

    /// <summary>Makes a client outside dependency injection. Sends nothing.</summary>
    /// <param name="apiKey">The key; wins over the one in the options. Without either, the environment variable <c>SIXTYFOUR_API_KEY</c> is used.</param>
    /// <param name="options">How the client behaves; read once, here.</param>
    /// <param name="handler">Sends the requests instead of the SDK's own handler, for proxies and tests. It is made to follow no redirects and to guard paid requests, so it must be for this client alone and unused; it stays yours to dispose.</param>
    /// <exception cref="ArgumentException">There is no key, or an option is out of range; the message names setting, value and fix.</exception>
    public SixtyfourClient(string? apiKey = null, SixtyfourClientOptions? options = null, HttpMessageHandler? handler = null)
        : this(StandaloneOptions.Create(apiKey, options), StandaloneOptions.CreateHttpClient(handler))
    {
    }

    private SixtyfourClient(SixtyfourClientOptions options, HttpClient own)
        : this(options, new ApiKeySource(() => options), () => own, NullLogger.Instance, owned: own)
    {
    }

    internal SixtyfourClient(SixtyfourClientOptions options, ApiKeySource keys, Func<HttpClient> clients, ILogger logger, IDisposable? owned = null)
    {
        logger = new QuietLogger(logger);
        _endpoint = options.Endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        _transport = new Transport(options, clients, keys, logger, Jitter.Next, owned);
        var statusCalls = new JobStatusCalls(_transport, options.TimeProvider);
        _poller = new JobPoller(statusCalls, new PollLoop(statusCalls, _transport.Turns, options.TimeProvider, logger, Jitter.Next), options.TimeProvider, logger);
        var contracts = Contracts = new JsonContracts(options.TypeInfoResolver);
        Leads = new LeadsClient(new PersonResearch(Endpoint("enrich-lead"), contracts));
        People = new PeopleClient(new PersonResearch(Endpoint("people-intelligence"), contracts));
        Companies = new CompaniesClient(Endpoint("company-intelligence"), contracts);
        Bulk = new BulkClient(_transport, new BulkProgressSource(new JobsOfKind(_poller, JobKind.Bulk), _transport, options, logger), contracts, BulkResults.Downloads(_transport, statusCalls, contracts, options), options, logger);
        Jobs = new JobsClient(_poller);
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

    /// <summary>For what is read outside a call, such as webhooks.</summary>
    internal JsonContracts Contracts { get; }

    /// <summary>
    /// Ends open waits with <see cref="ObjectDisposedException"/>, which names the job; the jobs go on. Nothing more is sent; what has left is still waited
    /// for, since it is paid for. Disposes only what the client itself made.
    /// </summary>
    public void Dispose()
    {
        _poller.Dispose();
        _transport.Dispose();
    }

    /// <summary>Names the address; never the key.</summary>
    public override string ToString() => $"{nameof(SixtyfourClient)} of {_endpoint}";
}
