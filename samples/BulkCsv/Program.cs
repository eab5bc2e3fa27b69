using System.Diagnostics;
using System.Runtime.InteropServices;
using BulkCsv;
using Sixtyfour;
using Spectre.Console;

const int Failed = 1;
const int Interrupted = 130;

if (args is [EmulatorProcess.Argument, var note])
{
    await EmulatorProcess.RunAsync(note);
    return 0;
}

var screen = Screen.Create();
string? begun = null;    // the journal of a run that has sent something
using var stop = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    var asked = Arguments.Parse(args);
    if (asked.WantsHelp)
    {
        screen.WriteLine(Arguments.Usage);
        return 0;
    }

    return await RunAsync(asked) ? 0 : Failed;
}
catch (OperationCanceledException)
{
    screen.MarkupLine("[yellow]Stopped.[/]");
    SayHowToGoOn();
    return Interrupted;
}
catch (CostLimitException e)
{
    screen.MarkupLineInterpolated($"[red]--max-cost {Words.Dollars(e.LimitCents ?? 0)} is too low[/]: {e.Message}");
    return Failed;
}
catch (BulkInputChangedException e)
{
    screen.MarkupLineInterpolated($"[red]{e.Message}[/]");
    screen.WriteLine($"The journal is {begun}: choose another --out, or delete it if you can do without what it has paid for.");
    return Failed;
}
catch (SixtyfourException e)
{
    screen.MarkupLineInterpolated($"[red]{e.GetType().Name}[/]: {e.Message}");
    SayHowToGoOn();
    return Failed;
}
catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException or InvalidDataException)
{
    screen.MarkupLineInterpolated($"[red]{Words.Of(e)}[/]");
    return Failed;
}

async Task<bool> RunAsync(Arguments asked)
{
    var fields = await StructFile.ReadAsync(asked.Struct, stop.Token);
    var file = BulkFile.FromPath(asked.Input);
    using var target = await Target.OpenAsync(asked.Output, screen, stop.Token);
    var estimate = await target.Client.Bulk.EstimatePeopleAsync(file, EnrichmentRun.Each(), stop.Token);
    Announcement.Print(asked, fields, estimate, target, screen);
    if (Target.CostsMoney && !await Consent.AskAsync(screen, asked.SaidYes, stop.Token))
    {
        return false;
    }

    var start = Stopwatch.GetTimestamp();
    try
    {
        await EnrichmentRun.RunAsync(target, file, fields, asked, screen, stop.Token);
    }
    finally
    {
        begun = target.HasBegun ? target.JournalPath : null;
    }

    target.Finish(screen);
    screen.WriteLine($"Took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s.");
    return true;
}

void SayHowToGoOn()
{
    screen.WriteLine(begun is null ? "Nothing was sent." : $"What the service took goes on, and {begun} knows of it: run the same command again to continue.");
    if (begun is not null && !Target.CostsMoney)
    {
        screen.WriteLine($"The emulator stays in the background for that, until {EmulatorProcess.PatienceMinutes} minutes have passed without a request.");
    }
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
