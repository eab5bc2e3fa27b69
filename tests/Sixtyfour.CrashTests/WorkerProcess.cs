using System.Diagnostics;

namespace Sixtyfour.CrashTests;

/// <summary>A child process, which can be killed as an operating system kills: at once, with no chance to tidy up.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public static WorkerProcess Start(string temporaryFolder, params string[] arguments)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Sixtyfour.CrashTests.Worker.exe" : "Sixtyfour.CrashTests.Worker");
        var start = new ProcessStartInfo(worker, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = start.Environment["TEMP"] = start.Environment["TMP"] = temporaryFolder;
        start.Environment.Remove("SIXTYFOUR_API_KEY");
        return new(Process.Start(start)!);
    }

    /// <summary>The next line it prints; null when it has ended.</summary>
    public async Task<string?> LineAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    public async Task<string> ErrorsAsync(CancellationToken cancellationToken) => await _process.StandardError.ReadToEndAsync(cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Kills it after that time; false when it has ended before.</summary>
    public async Task<bool> KillAfterAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _process.WaitForExitAsync(either.Token);
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _process.Kill();
            await _process.WaitForExitAsync(cancellationToken);
            return true;
        }
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
