using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.VisualBasic.FileIO;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Samples;

/// <summary>The bulk sample, run as a program of its own in a folder of its own.</summary>
internal sealed class BulkCsvProgram : IAsyncDisposable
{
    public const string Sent = "1 file at the service, which estimates $50.00, 0 of 500 rows done";

    private readonly List<Process> _started = [];

    /// <summary>What the sample takes for the service; without one it starts an emulator of its own.</summary>
    public SixtyfourEmulator? Service { get; init; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("bulk-csv-").FullName;

    public string Output => Path.Combine(Folder, "enriched.csv");

    private static string SampleFolder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "samples", "BulkCsv"));

    public static string DefaultInput { get; } = Path.Combine(SampleFolder, "people.csv");

    public string Write(string name, string content)
    {
        File.WriteAllText(Path.Combine(Folder, name), content);
        return name;
    }

    public Process Start(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(SampleFolder, "bin", configuration, "net10.0", "BulkCsv.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SIXTYFOUR_API_KEY"] = Service?.ApiKey;
        start.Environment["SIXTYFOUR_API_ENDPOINT"] = Service?.Endpoint.AbsoluteUri;
        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }

    /// <summary>Starts it, and stops it once the file has been sent.</summary>
    public async Task<(int ExitCode, string Output)> InterruptAsync(params string[] arguments)
    {
        var process = Start(arguments);
        await ReadUntilAsync(process, Sent);
        // Not SIGINT, which is ignored below a shell's background; the sample treats both alike.
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        return await EndAsync(process);
    }

    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => await EndAsync(Start(arguments));

    public static async Task<(int ExitCode, string Output)> EndAsync(Process process)
    {
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    public static async Task ReadUntilAsync(Process process, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The sample ended without '{text}'.");
    }

    /// <summary>The records of a CSV file, as another reader than the SDK's has them.</summary>
    public static IReadOnlyList<string[]> Records(string path)
    {
        using var parser = new TextFieldParser(path) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        var records = new List<string[]>();
        while (parser.ReadFields() is { } fields)
        {
            records.Add(fields);
        }

        return records;
    }

    // The emulator of an interrupted run ends by itself when its note is gone.
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
