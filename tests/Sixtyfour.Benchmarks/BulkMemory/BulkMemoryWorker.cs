using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sixtyfour.Benchmarks.BulkMemory;

/// <summary>The process that is measured.</summary>
internal static class BulkMemoryWorker
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (mode, rows, rowBytes) = (arguments.Text("--mode")!, (int)arguments.Number("--rows", 0), (int)arguments.Number("--row-bytes", 0));
        using var client = new SixtyfourClient(
            arguments.Text("--key")!, new() { Endpoint = new Uri(arguments.Text("--endpoint")!), TypeInfoResolver = BulkMemoryJson.Default });
        var figures = mode is "idle" ? new Figures(mode, 0, 0, 0, 0, 0, 0) : await MeasureAsync(client, mode, rows, rowBytes);
        Console.WriteLine(JsonSerializer.Serialize(figures with { PeakBytes = PeakBytes() }, BulkMemoryJson.Default.Figures));
        return 0;
    }

    private static async Task<Figures> MeasureAsync(SixtyfourClient client, string mode, int rows, int rowBytes)
    {
        var begun = Stopwatch.GetTimestamp();
        var source = new Source(rows, rowBytes);
        var file = BulkFile.FromRows(source.RowsAsync(), BulkMemoryJson.Default.Input);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var (result, written) = mode is "submit" ? await SubmitAsync(client, file) : await RunAsync(client, file);
        using (result)
        {
            var beforeReading = GC.GetTotalAllocatedBytes(precise: true);
            long read = 0, ids = 0;
            await foreach (var row in result.ReadRowsAsync(EnrichmentStruct.For(BulkMemoryJson.Default.Output)))
            {
                ids += row.Data.Id;
                read++;
            }

            var after = GC.GetTotalAllocatedBytes(precise: true);
            return read == rows && ids == (long)rows * (rows - 1) / 2
                ? new(mode, rows, source.Bytes, 0, (written - before) / (double)rows,
                    (after - beforeReading) / (double)rows, Stopwatch.GetElapsedTime(begun).TotalSeconds)
                : throw new InvalidOperationException($"{read} of {rows} rows came back, with ids that sum to {ids}.");
        }
    }

    private static async Task<(BulkResult Result, long AllocatedWhenWritten)> SubmitAsync(SixtyfourClient client, BulkFile file)
    {
        var job = await client.Bulk.SubmitPeopleAsync<Found>(file);
        var written = GC.GetTotalAllocatedBytes(precise: true);
        return (await job.WaitAsync(), written);
    }

    private static async Task<(BulkResult Result, long AllocatedWhenWritten)> RunAsync(SixtyfourClient client, BulkFile file)
    {
        var journal = Path.GetTempFileName();
        try
        {
            var result = await client.Bulk.RunPeopleAsync<Found>(file, BulkJournal.AtPath(journal));
            return (result, GC.GetTotalAllocatedBytes(precise: true));
        }
        finally
        {
            File.Delete(journal);
        }
    }

    private static long PeakBytes() => OperatingSystem.IsLinux()
        ? 1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
        : Process.GetCurrentProcess().PeakWorkingSet64;

    /// <summary>Rows that are made as they are asked for; what making them allocates is one text each.</summary>
    private sealed class Source(int rows, int rowBytes)
    {
        private readonly string _note = new('n', Math.Max(1, rowBytes - 100));

        public long Bytes => (long)rows * rowBytes;

        public async IAsyncEnumerable<Input> RowsAsync()
        {
            for (var i = 0; i < rows; i++)
            {
                if (i % 1_000 is 0)
                {
                    await Task.Yield();
                }

                yield return new(i, $"Person {i}", "Example Robotics", _note);
            }
        }
    }
}

internal sealed record Input(int Id, string Name, string Company, string Note);

internal sealed record Found([Description("Current job title")] string? Title, [Description("Total years of work experience")] int? YearsExperience);

internal sealed record Output(int Id, string? Name, string? Title, int? YearsExperience);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Input))]
[JsonSerializable(typeof(Found))]
[JsonSerializable(typeof(Output))]
[JsonSerializable(typeof(Figures))]
internal sealed partial class BulkMemoryJson : JsonSerializerContext;
