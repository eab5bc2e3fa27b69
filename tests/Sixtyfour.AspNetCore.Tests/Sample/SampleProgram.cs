using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sixtyfour.AspNetCore.Tests.Support;

namespace Sixtyfour.AspNetCore.Tests.Sample;

/// <summary>The sample, running as a program of its own on a free port, with a secret that the test knows.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    public const string Secret = "sk_whsec_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private readonly Process _process;

    private SampleProgram(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    public static async Task<SampleProgram> StartAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Root, "samples", "WebhookReceiver", "bin", configuration, "net10.0", "WebhookReceiver.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        start.Environment["Sixtyfour__WebhookSecrets__0"] = Secret;
        start.Environment.Remove("SIXTYFOUR_API_KEY");
        var sample = new SampleProgram(Process.Start(start)!);
        try
        {
            await sample.ListensAsync();
            return sample;
        }
        catch
        {
            await sample.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;

    private async Task ListensAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(Receiver.Token) is { } line)
        {
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                Address = new Uri(line.Split(' ')[2].TrimEnd(':'));
                return;
            }
        }

        throw new InvalidOperationException("The sample ended before it listened.");
    }
}
