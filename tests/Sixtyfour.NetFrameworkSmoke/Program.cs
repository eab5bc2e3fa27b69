using System.Diagnostics;
using Sixtyfour.NetFrameworkSmoke;

// The argument is the assembly of the emulator's tool. Ends with 0 when every operation did what it should.
using var emulator = EmulatorProcess.Start(args[0]);
using var operations = new Operations(emulator.Endpoint);
foreach (var (name, operation) in operations.All)
{
    var watch = Stopwatch.StartNew();
    try
    {
        await operation();
    }
    catch (Exception e)
    {
        Console.Error.WriteLine($"{name}: {e}");
        return 1;
    }

    Console.WriteLine(FormattableString.Invariant($"{name}: {watch.Elapsed.TotalSeconds:0.0} s"));
}

Console.WriteLine($"{operations.All.Count} operations on {Environment.Version}: all as they should be.");
return 0;
