namespace Sixtyfour;

/// <summary>How a run handles its files, and what all of it may cost.</summary>
/// <typeparam name="TOptions">How the rows of each file are researched: <see cref="BulkOptions"/> or <see cref="CompanyBulkOptions"/>.</typeparam>
public sealed class BulkRunOptions<TOptions>
    where TOptions : BulkOptions, new()
{
    private TOptions _each = new();

    /// <summary>How the rows of each file are researched. Timeouts, headers and <see cref="RequestOptions.OnResponse"/> are those of one submission.</summary>
    /// <remarks>
    /// In <see cref="BulkSubmitOptions"/> or <see cref="CompanyBulkSubmitOptions"/>, the ceiling and the key of a single submission must be null: the run
    /// refuses them with <see cref="ArgumentException"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">Set to <see langword="null"/>.</exception>
    public TOptions Each
    {
        get => _each;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _each = value;
        }
    }

    /// <summary>
    /// Names the account that pays. A journal that was begun for one account is refused for another, where the rows would be paid for again. Choose a name that
    /// outlives the API key: a rotated key is still the same account.
    /// </summary>
    /// <value><see langword="null"/>: accounts are not distinguished. The endpoint always is.</value>
    public string? Account { get; set; }

    /// <summary>
    /// How long the service is trusted to know an idempotency key. A file that was sent longer ago, and whose answer was lost, is not sent again but reported
    /// in a <see cref="BulkRunIncompleteException"/>.
    /// </summary>
    /// <value>24 hours; the vendor states none. More than zero.</value>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// A ceiling in US cents over all runs of the journal: nothing is sent that could cost more, counted here as rows times
    /// <see cref="BulkOptions.CentsPerRow"/>. What the service estimates for a file, and then what it charges, takes the place of that figure.
    /// </summary>
    /// <value><see langword="null"/>: none. Not negative. Options such as <c>find_people</c> can bill more than any estimate.</value>
    public decimal? MaxCostCents { get; set; }

    /// <summary>
    /// Reports when a file was submitted or is done, and in between how many rows the service has processed; that takes one more request for each poll.
    /// </summary>
    /// <value>None.</value>
    public IProgress<BulkProgress>? Progress { get; set; }

    /// <summary>A copy that asks for these fields; the caller's own options stay as they are.</summary>
    internal static BulkRunOptions<TOptions> With<T>(BulkRunOptions<TOptions>? options, EnrichmentStruct<T> fields)
    {
        var copy = options is null ? new() : (BulkRunOptions<TOptions>)options.MemberwiseClone();
        copy.Each = RequestOptions.With(copy.Each, each => each.TypedFields = fields);
        return copy;
    }
}
