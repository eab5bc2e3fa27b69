using Sixtyfour.CrashTests.Worker;

// Ends when whoever started it is gone, in whatever way.
return args switch
{
    ["emulator"] => await EmulatorProcess.RunAsync(),
    ["run", var endpoint, var key, var folder, var rows] => await RunProcess.RunAsync(new Uri(endpoint), key, folder, int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture)),
    _ => 2,
};
