using Sixtyfour;
using Spectre.Console;

namespace BulkCsv;

/// <summary>Where the file goes: to the API when there is a key, else to an emulator on this machine.</summary>
internal sealed class Target : IDisposable
{
    private readonly LocalEmulator? _emulator;

    private Target(SixtyfourClient client, string journalPath, LocalEmulator? emulator) => (Client, JournalPath, _emulator) = (client, journalPath, emulator);

    public static bool CostsMoney => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("SIXTYFOUR_API_KEY"));

    public SixtyfourClient Client { get; }

    public string JournalPath { get; }

    /// <summary>Something was sent, or was about to be: the journal has it before the first byte leaves.</summary>
    public bool HasBegun => new FileInfo(JournalPath) is { Exists: true, Length: > 0 };

    public static async Task<Target> OpenAsync(string output, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        if (CostsMoney)
        {
            return new(new SixtyfourClient(), output + ".journal", null);
        }

        screen.WriteLine(
            "No SIXTYFOUR_API_KEY: this runs against an emulator of the API on this machine, where a file takes seconds and costs nothing.");
        var emulator = new LocalEmulator(output);
        if (await emulator.JoinAsync(cancellationToken) is { } client)
        {
            return new(client, emulator.JournalPath, emulator);
        }

        if (File.Exists(emulator.JournalPath))
        {
            screen.WriteLine(
                "The emulator of the interrupted run has ended and its jobs with it (the service would keep them): this run starts from the beginning.");
        }

        return new(await emulator.StartAsync(cancellationToken), emulator.JournalPath, emulator);
    }

    /// <summary>The output is saved. Only at the real API is there something to keep: the journal, which was paid for.</summary>
    public void Finish(IAnsiConsole screen)
    {
        _emulator?.Forget();
        if (_emulator is null)
        {
            screen.WriteLine(
                $"{JournalPath} stays: run this again, and the same result is fetched without a new charge. Delete it to research, and pay, again.");
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!HasBegun)
        {
            _emulator?.Forget();
        }
    }
}
