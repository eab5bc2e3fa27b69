using Sixtyfour.Emulator;

namespace Sixtyfour.CrashTests.Worker;

/// <summary>The service, which knows nothing of the crashes of its client.</summary>
public static class EmulatorProcess
{
    public const double TimeScale = 60;

    public static async Task<int> RunAsync()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options =>
        {
            options.TimeScale = TimeScale;
            options.RunTime = random => TimeSpan.FromSeconds(2 + (20 * random.NextDouble()));
            options.BalanceCents = 1_000_000_000;
            options.RequestsPerMinute = null;
            options.BulkSubmissionsPerMinute = null;
        });
        Console.WriteLine($"{emulator.Endpoint} {emulator.ApiKey}");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
