using System.Diagnostics;
using Sixtyfour;
using Sixtyfour.Emulator;

namespace BulkCsv;

/// <summary>The emulator that belongs to an output file: its address is noted beside it.</summary>
internal sealed class LocalEmulator(string output)
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);

    private readonly string _note = output + ".emulator";

    /// <summary>Not that of a run at the real API: this one may be deleted, since nothing in it was paid for.</summary>
    public string JournalPath { get; } = output + ".emulator.journal";

    /// <summary>Joins the emulator of an interrupted run; null when there is none any more.</summary>
    public async Task<SixtyfourClient?> JoinAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_note) || !Uri.TryCreate(await File.ReadAllTextAsync(_note, cancellationToken), UriKind.Absolute, out var address))
        {
            return null;
        }

        using var http = new HttpClient { Timeout = AnswersWithin };
        try
        {
            using var state = await http.GetAsync(new Uri(address, "_emulator"), cancellationToken);
            return state.IsSuccessStatusCode ? ClientOf(address) : null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public async Task<SixtyfourClient> StartAsync(CancellationToken cancellationToken)
    {
        Forget();
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) is "dotnet" ? [typeof(LocalEmulator).Assembly.Location] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. self, EmulatorProcess.Argument, Path.GetFullPath(_note)])
        {
            // All three, or it would hold those of this program open.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        })!;
        try
        {
            var isReady = await process.StandardOutput.ReadLineAsync(cancellationToken) is not null;
            cancellationToken.ThrowIfCancellationRequested();
            return isReady
                ? ClientOf(new Uri(await File.ReadAllTextAsync(_note, cancellationToken)))
                : throw new IOException($"The emulator did not start: {await process.StandardError.ReadLineAsync(cancellationToken)}");
        }
        catch
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Forget();
            throw;
        }
    }

    /// <summary>Ends the emulator, and forgets its jobs.</summary>
    public void Forget()
    {
        File.Delete(JournalPath);
        File.Delete(_note);
    }

    private static SixtyfourClient ClientOf(Uri address) => new(options: new() { Endpoint = address, ApiKey = new EmulatorOptions().ApiKey });
}
