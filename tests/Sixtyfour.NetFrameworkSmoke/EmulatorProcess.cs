using System.Diagnostics;

namespace Sixtyfour.NetFrameworkSmoke;

/// <summary>The emulator, which needs a newer runtime and so runs in a process of its own.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    public const string Key = "emulator-key";

    private readonly Process _process;

    private EmulatorProcess(Process process, Uri endpoint) => (_process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    /// <param name="tool">The assembly of the emulator's tool.</param>
    public static EmulatorProcess Start(string tool)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            Arguments = $"\"{tool}\" --urls http://127.0.0.1:0 --run-time 1 --not-found 0 --pass-through 0 --requests-per-minute none --bulk-per-minute none",
            RedirectStandardOutput = true,
            UseShellExecute = false,
        });
        for (var line = process.StandardOutput.ReadLine(); line is not null; line = process.StandardOutput.ReadLine())
        {
            if (line.Split(' ').FirstOrDefault(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)) is { } address)
            {
                // Its log is of no interest, but a pipe that is full would stop it.
                _ = process.StandardOutput.ReadToEndAsync();
                return new(process, new Uri(address.TrimEnd('.')));
            }
        }

        throw new InvalidOperationException("The emulator did not start.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
