namespace Sixtyfour.FaultCampaign.Books;

/// <summary>One send of a paid request that the service has taken on and charged.</summary>
/// <param name="Token">The input, or the first row of a file.</param>
/// <param name="JobId">The job; null for a synchronous call.</param>
/// <param name="Cents">What it cost.</param>
/// <param name="Fault">What happened to the exchange.</param>
internal sealed record Charge(string Token, string? JobId, int Cents, string Fault)
{
    /// <summary>The network delivered the send once more and the client got that answer: it cannot know of this charge.</summary>
    public bool IsEarlierDelivery { get; set; }

    /// <summary>The idempotency key of the send.</summary>
    public string? Key { get; init; }

    /// <summary>The status of the answer that reached the client whole.</summary>
    public int? StatusShown { get; set; }

    /// <summary>Every byte of the job's id was sent, and the connection ended in order.</summary>
    public bool IdDelivered { get; set; }

    /// <summary>The client was killed before its user was told the id.</summary>
    public bool IsCutOffByKill { get; set; }

    /// <summary>The work failed and the charge was given back.</summary>
    public bool IsGivenBack { get; set; }
}

internal enum SaidKind
{
    Result,
    Id,
    Doubt,
    NothingRan,
    Refused,
    Canceled,
}

/// <summary>Something that the user of the client was told.</summary>
/// <param name="Token">About which input; null where the client named none.</param>
/// <param name="Kind">What it amounts to.</param>
/// <param name="JobId">The job that was named.</param>
/// <param name="How">By what: the type of an exception, a callback, the log.</param>
internal sealed record Said(string? Token, SaidKind Kind, string? JobId, string How)
{
    /// <summary>How many charges of the input there were before the call that this was said of.</summary>
    public int ChargesBefore { get; init; }

    /// <summary>How many there were when it was said; more where nothing is sent for the input afterwards.</summary>
    public int ChargesUntil { get; init; } = int.MaxValue;

    /// <summary>Whether a charge falls into the call that this was said of.</summary>
    public bool Covers(int chargesInAll) => ChargesBefore < Math.Min(ChargesUntil, chargesInAll);
}

/// <summary>Both sides of one case: what the service has charged, and what the user was told.</summary>
internal sealed class CaseBooks
{
    private readonly Lock _gate = new();
    private readonly List<Charge> _charges = [];
    private readonly List<Said> _said = [];
    private readonly List<string> _exchanges = [];

    public IReadOnlyList<Charge> Charges => Copy(_charges);

    public IReadOnlyList<Said> Said => Copy(_said);

    /// <summary>The requests as the proxy saw them, to understand a finding with.</summary>
    public IReadOnlyList<string> Exchanges => Copy(_exchanges);

    public void Charged(Charge charge) => Add(_charges, charge);

    public void Told(Said said) => Add(_said, said);

    public void Saw(string exchange) => Add(_exchanges, exchange);

    public string? TokenOf(string jobId) => Charges.FirstOrDefault(charge => charge.JobId == jobId)?.Token;

    private void Add<T>(List<T> list, T item)
    {
        lock (_gate)
        {
            list.Add(item);
        }
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
