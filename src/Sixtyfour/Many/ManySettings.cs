namespace Sixtyfour.Many;

/// <summary>The options of a many-run, read once and checked.</summary>
internal sealed class ManySettings<TInput>
{
    // So that the sum of all that is open stays a number.
    private const decimal MostCentsPerCall = 1_000_000_000_000;

    private ManySettings(EnrichManyOptions<TInput> options)
    {
        MaxInFlight = options.MaxInFlight;
        MaxCostCents = options.MaxCostCents;
        CentsPerCall = options.CentsPerCall;
        ResumeJobId = options.ResumeJobId;
        OnStarting = options.OnStarting;
        OnStarted = options.OnStarted;
        KeepInputOrder = options.KeepInputOrder;
        Progress = options.Progress;
    }

    public int MaxInFlight { get; }

    public decimal? MaxCostCents { get; }

    public decimal? CentsPerCall { get; }

    public Func<TInput, string?>? ResumeJobId { get; }

    public Func<TInput, CancellationToken, Task>? OnStarting { get; }

    public Func<TInput, string, CancellationToken, Task>? OnStarted { get; }

    public bool KeepInputOrder { get; }

    public IProgress<ManyProgress>? Progress { get; }

    public static ManySettings<TInput> Read(EnrichManyOptions<TInput>? options)
    {
        var read = new ManySettings<TInput>(options ?? new());
        if (read.MaxInFlight < 1)
        {
            throw new ArgumentException($"{nameof(MaxInFlight)} is {read.MaxInFlight}: it must be at least 1.", nameof(options));
        }

        if (read.MaxCostCents < 0)
        {
            throw new ArgumentException($"{nameof(MaxCostCents)} is {read.MaxCostCents}: it must not be negative.", nameof(options));
        }

        if (read.CentsPerCall is <= 0 or > MostCentsPerCall)
        {
            throw new ArgumentException(
                $"{nameof(CentsPerCall)} is {read.CentsPerCall}: it must be more than zero and at most {MostCentsPerCall}, or null where you do not know it.", nameof(options));
        }

        return read;
    }
}
