using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sixtyfour.AspNetCore.Tests.Support;

namespace Sixtyfour.AspNetCore.Tests.Sample;

/// <summary>The sample, running as a program of its own on a free port.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    public const string Secret = "sk_whsec_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = [];

    private SampleProgram(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>The address that the console tells people to open.</summary>
    public Uri Page { get; private set; } = null!;

    /// <summary>What the console shows, log included.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    /// <summary>Starts it as it stands, with a secret that the test knows beside that of its emulator.</summary>
    public static Task<SampleProgram> StartAsync() => StartAsync(("Sixtyfour__WebhookSecrets__0", Secret));

    public static async Task<SampleProgram> StartAsync(params (string Name, string Value)[] environment)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Root, "samples", "WebhookReceiver", "bin", configuration, "net10.0", "WebhookReceiver.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        start.Environment.Remove("SIXTYFOUR_API_KEY");
        start.Environment.Remove("SIXTYFOUR_API_ENDPOINT");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

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
            _said.Enqueue(line);
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            {
                Address = new Uri(line.Split(' ')[2].TrimEnd('.'));
            }
            else if (line.StartsWith("Open ", StringComparison.Ordinal))
            {
                Page = new Uri(line.Split(' ')[1]);
                _ = ListenAsync();
                return;
            }
        }

        throw new InvalidOperationException($"The sample ended before it listened: {Said}");
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _said.Enqueue(line);
        }
    }
}
