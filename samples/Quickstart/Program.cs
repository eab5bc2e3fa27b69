using System.Diagnostics;
using System.Runtime.InteropServices;
using Quickstart;
using Sixtyfour;
using Spectre.Console;

const int Failed = 1;
const int Interrupted = 130;

var screen = Screen.Create();
var open = new OpenJobs();
using var stop = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    return await RunAsync() ? 0 : Failed;
}
catch (OperationCanceledException e)
{
    screen.MarkupLine("[yellow]Stopped.[/]");
    if (e.InnerException is OutcomeUnknownException lost)
    {
        screen.WriteLine(lost.Message);
    }

    return Interrupted;
}
catch (Exception e) when (e is SixtyfourException or ArgumentException or IOException)    // ArgumentException: a key or an address that cannot be one
{
    screen.MarkupLineInterpolated($"[red]{e.GetType().Name}[/]: {e.Message}");
    return Failed;
}
finally
{
    PrintOpenJobs();
}

async Task<bool> RunAsync()
{
    if (args is ["--resume", .. { Length: > 0 } jobIds])
    {
        return await ResumeAsync(jobIds);
    }

    if (args is not ([] or ["--yes"]))
    {
        screen.WriteLine("Usage: dotnet run --project samples/Quickstart [-- --yes | --resume JOB-ID ...]");
        return false;
    }

    var file = await LeadFile.ReadAsync(stop.Token);
    if (Target.CostsMoney && !Consent.Ask(screen, Target.LikelyCents(file), args is ["--yes"]))
    {
        return false;
    }

    var begun = Stopwatch.GetTimestamp();
    await using var target = await Target.OpenAsync(stop.Token);
    if (!Target.CostsMoney)
    {
        screen.WriteLine("No SIXTYFOUR_API_KEY: this runs against the emulator in this process, where two minutes pass in a second.");
    }

    var succeeded = await Tour.RunAsync(target, file, open, screen, stop.Token);
    if (target.ChargedCents is { } cents)
    {
        screen.WriteLine($"The emulator's account was charged {Money.Dollars(cents)} for it all: no real money.");
    }

    screen.WriteLine($"Took {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s.");
    return succeeded;
}

async Task<bool> ResumeAsync(IReadOnlyList<string> jobIds)
{
    if (!Target.CostsMoney)
    {
        screen.WriteLine("Set SIXTYFOUR_API_KEY to resume jobs: those of the emulator ended with its process.");
        return false;
    }

    await using var target = await Target.OpenAsync(stop.Token);
    var findings = await ResumedJobs.RunAsync(target.Client.Leads, jobIds, open, screen, stop.Token);
    Tables.Print(screen, findings);
    return findings.All(finding => finding.Found is not null);
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

void PrintOpenJobs()
{
    if (open.IsEmpty)
    {
        return;
    }

    screen.WriteLine("These jobs were started and have not been seen to end:");
    foreach (var (id, name) in open.All)
    {
        screen.WriteLine($"  {id}  {name}");
    }

    screen.WriteLine(Target.CostsMoney
        ? $"They go on and are paid for. Fetch them: dotnet run --project samples/Quickstart -- --resume {string.Join(' ', open.All.Select(job => job.Key))}"
        : "They ended with the emulator; at the real API they would go on, and their ids would fetch them.");
}
