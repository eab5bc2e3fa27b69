using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Agents;
using Sixtyfour.Emulator.Billing;
using Sixtyfour.Emulator.Bulk;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Emulator.Contacts;
using Sixtyfour.Emulator.Control;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Faults;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.LinkedIn;
using Sixtyfour.Emulator.Search;
using Sixtyfour.Emulator.Server;
using Sixtyfour.Emulator.Structs;
using Sixtyfour.Emulator.Webhooks;
using Sixtyfour.Emulator.Workflows;

namespace Sixtyfour.Emulator;

/// <summary>The Sixtyfour API in a box: a real HTTP server that answers, charges, limits and fails like the service. Needs no key and sends no bill.</summary>
/// <remarks>
/// All of it is safe to use from several threads. What it does beyond the vendor's documentation is written down in <c>docs/emulator.md</c>.
/// </remarks>
public sealed partial class SixtyfourEmulator : IAsyncDisposable
{
    private readonly EmulatorOptions _options;
    private readonly Account _account;
    private readonly JobBook _jobs;
    private readonly FaultQueue _faults = new();
    private readonly AnswerBook _answers;
    private readonly RequestLog _requests;
    private readonly RateLimiter _rateLimiter;
    private readonly Traffic _traffic;
    private readonly ConnectionCounter _connections;
    private readonly FileLinks _fileLinks;
    private readonly BulkEndpoint _bulk;
    private readonly JobsByKey _dispatchIds = new();
    private readonly SearchBook _searches;
    private readonly ExclusionLists _exclusionLists = new();
    private readonly DeepSearchEndpoint _deepSearches;
    private readonly WorkflowBook _workflows;
    private readonly WorkflowRunEndpoint _workflowRuns;
    private readonly TimeJumper? _jumper;
    private Listener? _listener;

    private SixtyfourEmulator(EmulatorOptions options)
    {
        _options = options;
        Clock = ClockFor(options);
        _account = new(options.BalanceCents);
        _jobs = new(Clock, _account, options);
        _answers = new(options);
        _requests = new(options.MaxRecordedRequests);
        _rateLimiter = new(Clock, options);
        _traffic = new(Clock);
        _connections = new(_traffic);
        _signingSecrets = new(Clock, options.Seed);
        _webhooks = new(_jobs, _signingSecrets, _faults, _traffic, Clock, options);
        _fileLinks = new(() => Endpoint, Clock, options);
        var research = new BulkResearch(_answers, options);
        _bulk = new(_jobs, _faults, research, _fileLinks, new(Clock, options), _webhooks, options);
        _searches = new(Clock, options.Seed);
        _deepSearches = new(_searches, new(_answers, options), _exclusionLists, _jobs, _faults, _fileLinks, options);
        _workflows = new(Clock, options.Seed);
        _workflowRuns = new(_workflows, _jobs, _faults, research, _fileLinks, _webhooks, options);
        if (Clock is ManualClock manual)
        {
            _jumper = new(manual, _traffic, options.SettlePeriod, options.StallLimit);
        }
    }

    /// <summary>Where it listens: on the loopback interface unless <see cref="EmulatorOptions.Url"/> says otherwise.</summary>
    public Uri Endpoint => _listener!.Endpoint;

    /// <summary>The key it accepts.</summary>
    public string ApiKey => _options.ApiKey;

    /// <summary>The requests seen, in the order of their arrival, refused ones included.</summary>
    public IReadOnlyList<EmulatorRequest> Requests => _requests.All();

    /// <summary>The jobs started, in order. Synchronous calls are not among them: they have no id.</summary>
    public IReadOnlyList<EmulatorJob> Jobs => _jobs.All();

    /// <summary>How many TCP connections were accepted.</summary>
    public int ConnectionsAccepted => _connections.Accepted;

    /// <summary>How many TCP connections are open now.</summary>
    public int ConnectionsOpen => _connections.Open;

    /// <summary>How many injected faults have not struck, or not as often as they were to.</summary>
    public int FaultsLeft => _faults.Count;

    /// <summary>What was charged, in US cents. A call is charged when its work is accepted; what fails or is cancelled is given back.</summary>
    public decimal ChargedCents
    {
        get
        {
            _jobs.CatchUp();
            return _account.ChargedCents;
        }
    }

    /// <summary>What is left, in US cents. A call that costs more is answered with 402.</summary>
    public decimal BalanceCents
    {
        get
        {
            _jobs.CatchUp();
            return _account.BalanceCents;
        }
        set => _account.BalanceCents = value;
    }

    /// <summary>Starts an emulator.</summary>
    /// <param name="configure">Changes the defaults.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<SixtyfourEmulator> StartAsync(Action<EmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new EmulatorOptions();
        configure?.Invoke(options);
        options.Check();
        var emulator = new SixtyfourEmulator(options);
        var application = new HttpApplication(
            new Api(new RouteTable(emulator.Endpoints()), emulator._rateLimiter, options),
            new ControlPanel(emulator, options.Url),
            emulator._requests,
            emulator._faults,
            emulator._traffic,
            emulator.Clock,
            options);
        emulator._listener = await Listener.StartAsync(options.Url, application, emulator._connections, cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Decides what is found at a path, at its async twin and at its batch.</summary>
    /// <param name="path">Such as <c>/enrich-lead</c>.</param>
    /// <param name="structuredData">
    /// From <c>lead_info</c>, <c>target_company</c>, <c>data</c>, <c>{"linkedin_url": …}</c> or a row of a bulk file or a workflow run to the whole
    /// <c>structured_data</c>; for <c>/find-email</c> and its kind from a lead to the members that are found; for <c>/search/query</c> from a row to
    /// the members that are to be other ones. Null for the built-in answer. Called by several threads at once when calls are.
    /// </param>
    public void Answer(string path, Func<JsonObject, JsonObject?> structuredData)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(structuredData);
        _answers.Give(path, structuredData);
    }

    /// <summary>Lets something go wrong. Faults strike in the order in which they were injected, each the given number of times, one at a request.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="path">Which requests; <c>*</c> stands for any characters, as in <c>/job-status/*</c>.</param>
    /// <param name="times">How often; <see cref="int.MaxValue"/> for always.</param>
    public void Inject(Fault fault, string path = "*", int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _faults.Add(fault, path, times);
    }

    /// <summary>How many of the <see cref="Requests"/> went to a path.</summary>
    /// <param name="path">The path; <c>*</c> stands for any characters.</param>
    public int CountRequests(string path) => _requests.Count(path);

    /// <summary>
    /// Forgets requests, jobs, faults, charges, webhooks, searches, workflows that were created and what counts against the rate limit. Answers, clock,
    /// connections and the signing secret stay.
    /// </summary>
    public void Reset()
    {
        _requests.Clear();
        _webhooks.Clear();
        _bulk.Clear();
        _dispatchIds.Clear();
        _searches.Clear();
        _exclusionLists.Clear();
        _deepSearches.Clear();
        _workflows.Clear();
        _workflowRuns.Clear();
        _faults.Clear();
        _rateLimiter.Clear();
        _account.Reset();
    }

    /// <summary>Stops at once: open connections are broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        _webhooks.Dispose();
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        _jobs.ReleaseFiles();
    }

    private IReadOnlyList<IEndpoint> Endpoints()
    {
        var desk = new WorkDesk(_jobs, _faults, _webhooks, _options);
        var rows = new SearchRows(_answers, _options);
        return
        [
            new EnrichmentEndpoint(desk, _jobs, _dispatchIds, _answers, _options),
            new JobStatusEndpoint(_jobs, Clock, _options),
            new BalanceEndpoint(_account, _jobs),
            _bulk,
            new FileEndpoint(_jobs, _fileLinks, _options),
            new LiveStatusEndpoint(_jobs, Clock, _options),
            new SigningSecretEndpoint(_signingSecrets, _options),
            new ContactEndpoint(desk, _answers, _options),
            new QualificationEndpoint(desk, _answers, _options),
            new LinkedInEndpoint(desk, _answers, _options),
            new StructBuilderEndpoint(),
            new SearchQueryEndpoint(_searches, rows, _exclusionLists, _account, _faults, _options),
            new SearchFactsEndpoint(Clock, _options),
            _deepSearches,
            new LookalikeEndpoint(_searches, _jobs, _faults, _fileLinks, _options),
            new ExclusionListEndpoint(_exclusionLists, _searches, rows, _jobs, _faults, Clock),
            new WorkflowEndpoint(_workflows),
            _workflowRuns,
        ];
    }

    /// <summary>Names the address; never the key.</summary>
    public override string ToString() => $"Sixtyfour emulator at {Endpoint}";
}
