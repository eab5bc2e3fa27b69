using System.Globalization;
using Sixtyfour.CrashTests.Worker;

// Ends when whoever started it is gone, in whatever way.
return args switch
{
    ["emulator"] => await EmulatorProcess.RunAsync(),
    ["run", var endpoint, var key, var folder, var rows, .. var death] => await RunProcess.RunAsync(
        new Uri(endpoint), key, folder, int.Parse(rows, CultureInfo.InvariantCulture), death.FirstOrDefault()),
    _ => 2,
};
