using Sixtyfour;
using Sixtyfour.Emulator;

namespace Quickstart;

/// <summary>Where the calls go: to the API when there is a key, else to an emulator in this process.</summary>
internal sealed class Target : IAsyncDisposable
{
    // The price the vendor documents for tier "low"; the sample asks for no other.
    private const decimal CentsPerLead = 10;
    private const int MostPaidLeads = 3;
    private const double TimeScale = 120;

    private readonly SixtyfourEmulator? _emulator;

    private Target(SixtyfourClient client, SixtyfourEmulator? emulator) => (Client, _emulator) = (client, emulator);

    public static bool CostsMoney => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("SIXTYFOUR_API_KEY"));

    // Options of a start do for a call, too.
    public static LeadStartOptions Options => new() { Tier = Tier.Low };

    public SixtyfourClient Client { get; }

    /// <summary>What the emulator's account was charged; the API does not tell.</summary>
    public decimal? ChargedCents => _emulator?.ChargedCents;

    public static IEnumerable<Lead> Affordable(IReadOnlyList<Lead> leads) => CostsMoney ? leads.Take(MostPaidLeads) : leads;

    /// <summary>One job and one call for the sample lead, and a job for each line of the file.</summary>
    public static decimal LikelyCents(IReadOnlyList<Lead> leads) => (2 + Affordable(leads).Count()) * CentsPerLead;

    public static async Task<Target> OpenAsync(CancellationToken cancellationToken)
    {
        if (CostsMoney)
        {
            return new(new SixtyfourClient(), null);
        }

        var emulator = await SixtyfourEmulator.StartAsync(options => options.TimeScale = TimeScale, cancellationToken);
        var options = new SixtyfourClientOptions();
        emulator.Configure(options);
        return new(new SixtyfourClient(options: options), emulator);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
