using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sixtyfour.Emulator;

namespace Sixtyfour.Benchmarks.BulkMemory;

/// <summary><c>bulk-memory</c>: the peak memory of a process that sends many rows and reads them back, beside one that has only loaded the client.</summary>
internal static class BulkMemoryCommand
{
    private const int MostMegabytesOverIdle = 40;

    // What the runtime itself still compiles and lets lie around, however few the rows are.
    private const int MostGrowthMegabytes = 4;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rows = (int)arguments.Number("--rows", 100_000);
        var bytes = (int)arguments.Number("--row-bytes", 900);
        await using var emulator = await SixtyfourEmulator.StartAsync(options =>
        {
            options.RunTime = _ => TimeSpan.Zero;
            options.BalanceCents = 1_000_000_000;
            options.PassThroughShare = 0;
        });
        var idle = await RunAsync(emulator, "idle", 0, bytes);
        var submit = await RunAsync(emulator, "submit", rows, bytes);
        var run = await RunAsync(emulator, "run", rows, bytes);
        var twice = await RunAsync(emulator, "run", 2 * rows, bytes);
        var fourTimes = await RunAsync(emulator, "run", 4 * rows, bytes);
        foreach (var figures in (Figures[])[idle, submit, run, twice, fourTimes])
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"mode": "{{figures.Mode}}", "rows": {{figures.Rows}}, "inputMegabytes": {{figures.InputBytes / 1e6:0.0}},"""
                    + $$""" "peakMegabytes": {{figures.PeakBytes / 1e6:0.0}}, "overIdleMegabytes": {{(figures.PeakBytes - idle.PeakBytes) / 1e6:0.0}},"""
                    + $$""" "allocatedBytesPerRowWritten": {{figures.WrittenPerRow:0}}, "allocatedBytesPerRowRead": {{figures.ReadPerRow:0}},"""
                    + $$""" "seconds": {{figures.Seconds:0.0}}}"""));
        }

        var isFlat = submit.PeakBytes - idle.PeakBytes <= MostMegabytesOverIdle * 1e6
            && Math.Max(twice.PeakBytes, fourTimes.PeakBytes) - run.PeakBytes <= MostGrowthMegabytes * 1e6;
        return isFlat ? 0 : 1;
    }

    private static async Task<Figures> RunAsync(SixtyfourEmulator emulator, string mode, int rows, int bytes)
    {
        using var worker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "bulk-memory-worker", "--mode", mode, "--endpoint", emulator.Endpoint.ToString(), "--key", emulator.ApiKey,
                "--rows", rows.ToString(CultureInfo.InvariantCulture), "--row-bytes", bytes.ToString(CultureInfo.InvariantCulture),
            },
        })!;
        var output = await worker.StandardOutput.ReadToEndAsync();
        await worker.WaitForExitAsync();
        return worker.ExitCode is 0
            ? JsonSerializer.Deserialize(output, BulkMemoryJson.Default.Figures)!
            : throw new InvalidOperationException($"The worker '{mode}' ended with {worker.ExitCode}.");
    }
}

/// <summary>What a worker has measured of itself.</summary>
internal sealed record Figures(string Mode, int Rows, long InputBytes, long PeakBytes, double WrittenPerRow, double ReadPerRow, double Seconds);
