using System.Globalization;

namespace Sixtyfour.Emulator.Tool;

/// <summary>Runs one emulator until it is told to stop.</summary>
internal sealed class EmulatorProgram(TextWriter output, TextWriter errors)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;

    private readonly TextWriter _output = TextWriter.Synchronized(output);

    public async Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken)
    {
        try
        {
            var commandLine = CommandLine.Parse(args);
            if (!commandLine.WantsHelp)
            {
                return await ServeAsync(commandLine, cancellationToken).ConfigureAwait(false);
            }

            _output.WriteLine(CommandLine.Help);
            return Success;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            errors.WriteLine(e.Message);
            return WrongUsage;
        }
        catch (IOException e)
        {
            errors.WriteLine(e.Message);
            return Failure;
        }
    }

    private async Task<int> ServeAsync(CommandLine commandLine, CancellationToken cancellationToken)
    {
        var emulator = await SixtyfourEmulator.StartAsync(
            options =>
            {
                commandLine.Apply(options);
                options.OnRequest = Log;
            },
            cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            _output.WriteLine($"Sixtyfour emulator at {emulator.Endpoint}. Point a client at it:");
            _output.WriteLine();
            _output.WriteLine($"  export SIXTYFOUR_API_ENDPOINT={emulator.Endpoint.ToString().TrimEnd('/')}");
            _output.WriteLine($"  export SIXTYFOUR_API_KEY={emulator.ApiKey}");
            _output.WriteLine();
            _output.WriteLine($"State: {emulator.Endpoint}_emulator   Stop: Ctrl-C");
            await EndOf(cancellationToken).ConfigureAwait(false);
        }

        return Success;
    }

    private static async Task EndOf(CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.UnsafeRegister(_ => end.SetResult(), null);
        await end.Task.ConfigureAwait(false);
    }

    private void Log(EmulatorRequest request)
    {
        var status = request.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "---";
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.ReceivedAt:HH:mm:ss} {status} {request.Method} {request.Path}"));
    }
}
