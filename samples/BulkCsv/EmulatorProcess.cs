using System.Runtime.InteropServices;
using Sixtyfour.Emulator;

namespace BulkCsv;

/// <summary>
/// The emulator as a program of its own, so that the jobs of an interrupted run go on, as they would at the service. It ends when its note is deleted, or when
/// it has had no request for a while.
/// </summary>
internal static class EmulatorProcess
{
    public const string Argument = "--serve-emulator";
    public const int PatienceMinutes = 5;

    // The work of a file; a real one takes minutes to hours.
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(PatienceMinutes);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(string notePath)
    {
        // Ctrl-C reaches every program of the terminal, and this one is to stay.
        using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var idle = new CancellationTokenSource(Patience);
        await using var emulator = await SixtyfourEmulator.StartAsync(options =>
        {
            options.RunTime = _ => RunTime;
            options.RunTimePerRow = TimeSpan.Zero;
            options.BalanceCents = 1_000_000_000;
            options.OnRequest = _ => idle.CancelAfter(Patience);
        });
        await File.WriteAllTextAsync(notePath, emulator.Endpoint.AbsoluteUri);
        Console.WriteLine("ready");

        using var timer = new PeriodicTimer(BetweenLooks);
        while (!idle.IsCancellationRequested && File.Exists(notePath))
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
