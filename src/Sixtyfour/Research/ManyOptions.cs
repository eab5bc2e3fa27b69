namespace Sixtyfour;

/// <summary>
/// Options of a run over many people or companies. <see cref="Each"/> holds the options of each call, everything else is about the run. A problem with one
/// input is an outcome; callbacks that throw stop the run.
/// </summary>
/// <remarks>
/// No price of a company is documented: with <see cref="MaxCostCents"/> and without <see cref="CentsPerCall"/> one job at a time runs until a charge is known,
/// at every tier. The same applies to people above tier <c>low</c>.
/// </remarks>
/// <typeparam name="TInput">The caller's input.</typeparam>
/// <typeparam name="TOptions"><see cref="LeadOptions"/> or <see cref="CompanyOptions"/>.</typeparam>
public sealed class ManyOptions<TInput, TOptions>
    where TOptions : EnrichmentOptions, new()
{
    /// <summary>The options of each call. Timeouts, headers and <see cref="RequestOptions.OnResponse"/> in it are those of one request.</summary>
    /// <value>Empty. Never null: <see cref="ArgumentException"/>.</value>
    public TOptions Each { get; set; } = new();

    /// <summary>Where the service reports the end of each job: an absolute https address of at most 2,083 characters.</summary>
    /// <value><see langword="null"/>: <see cref="SixtyfourClientOptions.WebhookUrl"/>, if any.</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>How many inputs may be in flight, including outcomes that you have not yet taken.</summary>
    /// <value>5,000: what the request limit lets start within the longest documented run of a job, 10 minutes. At least 1.</value>
    public int MaxInFlight { get; set; } = 5_000;

    /// <summary>
    /// A ceiling on what this run starts, in US cents: what was charged plus, for each open job, a known price. When the next start could exceed it, nothing
    /// more is started, and <see cref="CostLimitException"/> is thrown after everything in flight was yielded.
    /// </summary>
    /// <value>None.</value>
    public decimal? MaxCostCents { get; set; }

    /// <summary>Your price of a call, in US cents, reserved for each start until the real charge is known.</summary>
    /// <value>
    /// <see langword="null"/>: the documented price (people, 10 cents at no tier or tier <c>low</c>), else the highest charge seen; while none is known, one
    /// job at a time runs.
    /// </value>
    public decimal? CentsPerCall { get; set; }

    /// <summary>Yields outcomes in the order of the inputs. What finishes early counts as in flight until its predecessors are done.</summary>
    /// <value>False: as they finish.</value>
    public bool KeepInputOrder { get; set; }

    /// <summary>Reports every start and every end.</summary>
    /// <value>None.</value>
    public IProgress<ManyProgress>? Progress { get; set; }

    /// <summary>Returns the id of the job that was already started for an input, in this process or another: the run waits for it and starts nothing.</summary>
    /// <value>None. For null or blank ids a job is started.</value>
    public Func<TInput, string?>? ResumeJobId { get; set; }

    /// <summary>Awaited just before a start is sent: a mark for "may have been started". Several run at once.</summary>
    /// <value>None.</value>
    public Func<TInput, CancellationToken, Task>? OnStarting { get; set; }

    /// <summary>
    /// Awaited for each job before it is waited for, also while the run is ending: the id is paid for. Its token fires only when the run has been ending for 30
    /// seconds. Several run at once. When it throws, nothing more is started; the run still waits for the job.
    /// </summary>
    /// <value>None.</value>
    public Func<TInput, string, CancellationToken, Task>? OnStarted { get; set; }
}
