namespace Sixtyfour.Research;

/// <summary>The options of a many-run, read once and checked.</summary>
internal sealed class ManySettings<TInput>
{
    // So that the sum of all reservations does not overflow.
    private const decimal MostCentsPerCall = 1_000_000_000_000;

    public required Uri? WebhookUrl { get; init; }

    public required int MaxInFlight { get; init; }

    public required decimal? MaxCostCents { get; init; }

    public required decimal? CentsPerCall { get; init; }

    public required Func<TInput, string?>? ResumeJobId { get; init; }

    public required Func<TInput, CancellationToken, Task>? OnStarting { get; init; }

    public required Func<TInput, string, CancellationToken, Task>? OnStarted { get; init; }

    public required bool KeepInputOrder { get; init; }

    public required IProgress<ManyProgress>? Progress { get; init; }

    /// <param name="options">The caller's.</param>
    /// <param name="each">A copy of the options of each call.</param>
    public static ManySettings<TInput> Read<TOptions>(ManyOptions<TInput, TOptions>? options, out TOptions each)
        where TOptions : EnrichmentOptions, new()
    {
        options ??= new();
        Check(options);
        each = (TOptions)options.Each.CopyForSending();
        return new()
        {
            WebhookUrl = options.WebhookUrl,
            MaxInFlight = options.MaxInFlight,
            MaxCostCents = options.MaxCostCents,
            CentsPerCall = options.CentsPerCall,
            ResumeJobId = options.ResumeJobId,
            OnStarting = options.OnStarting,
            OnStarted = options.OnStarted,
            KeepInputOrder = options.KeepInputOrder,
            Progress = options.Progress,
        };
    }

    private static void Check<TOptions>(ManyOptions<TInput, TOptions> options)
        where TOptions : EnrichmentOptions, new()
    {
        if (options.Each is null)
        {
            throw new ArgumentException($"{nameof(options.Each)} is null: leave its default for default options.", nameof(options));
        }

        if (options.Each.StartWebhookUrl is not null)
        {
            throw new ArgumentException($"{nameof(options.WebhookUrl)} is set in {nameof(options.Each)}: set the one of the run.", nameof(options));
        }

        if (options.MaxInFlight < 1)
        {
            throw new ArgumentException($"{nameof(options.MaxInFlight)} is {options.MaxInFlight}: it must be at least 1.", nameof(options));
        }

        if (options.MaxCostCents < 0)
        {
            throw new ArgumentException($"{nameof(options.MaxCostCents)} is {options.MaxCostCents}: it must not be negative.", nameof(options));
        }

        if (options.CentsPerCall is <= 0 or > MostCentsPerCall)
        {
            throw new ArgumentException(
                $"{nameof(options.CentsPerCall)} is {options.CentsPerCall}: it must be more than zero and at most {MostCentsPerCall}, or null if unknown.",
                nameof(options));
        }
    }
}
