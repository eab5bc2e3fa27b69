using System.Runtime.InteropServices;
using Sixtyfour.Emulator.Tool;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
return await new EmulatorProgram(Console.Out, Console.Error).RunAsync(args, stop.Token).ConfigureAwait(false);
