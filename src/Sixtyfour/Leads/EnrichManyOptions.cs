namespace Sixtyfour;

/// <summary>How many people are researched in one run. What concerns one input is an outcome; callbacks that throw stop the run.</summary>
/// <typeparam name="TInput">The caller's input.</typeparam>
public class EnrichManyOptions<TInput> : EnrichmentOptions
{
    /// <summary>How many inputs may be under way, outcomes that were not yet taken included.</summary>
    /// <value>5,000: what the request limit lets start within the longest documented run of a job, 10 minutes. At least 1.</value>
    public int MaxInFlight { get; set; } = 5_000;

    /// <summary>
    /// A ceiling on what this run starts, in US cents: what was charged plus, for each open job, a known price. When the next start could pass it, nothing more
    /// is started, and <see cref="CostLimitException"/> is thrown after everything in flight was yielded.
    /// </summary>
    /// <value>None.</value>
    public decimal? MaxCostCents { get; set; }

    /// <summary>Your price of a call, in US cents, reserved for each start until the real charge is known.</summary>
    /// <value>
    /// <see langword="null"/>: the documented price (10 cents at no tier or tier <c>low</c>), else the highest charge seen; while none is known, one job at a
    /// time goes ahead.
    /// </value>
    public decimal? CentsPerCall { get; set; }

    /// <summary>The id of the job that was started for an input before, in this process or another: it is waited for, and nothing is started.</summary>
    /// <value>None. Null or blank answers start a job.</value>
    public Func<TInput, string?>? ResumeJobId { get; set; }

    /// <summary>Awaited just before a start is sent: a mark for "may have been started". Several run at once.</summary>
    /// <value>None.</value>
    public Func<TInput, CancellationToken, Task>? OnStarting { get; set; }

    /// <summary>
    /// Awaited for each job before it is waited for, also while the run is ending: the id is paid for. Its token fires only when the run has been ending for 30
    /// seconds. Several run at once. When it throws, nothing more is started; the job is waited for all the same.
    /// </summary>
    /// <value>None.</value>
    public Func<TInput, string, CancellationToken, Task>? OnStarted { get; set; }

    /// <summary>Yields outcomes in the order of the inputs. What finishes early counts as in flight until its turn comes.</summary>
    /// <value>False: as they finish.</value>
    public bool KeepInputOrder { get; set; }

    /// <summary>Told of every start and every end.</summary>
    /// <value>None.</value>
    public IProgress<ManyProgress>? Progress { get; set; }
}
