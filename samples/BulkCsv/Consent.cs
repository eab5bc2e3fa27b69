using Spectre.Console;

namespace BulkCsv;

/// <summary>Asks before anything is spent.</summary>
internal static class Consent
{
    public static async Task<bool> AskAsync(IAnsiConsole screen, bool saidYes, CancellationToken cancellationToken)
    {
        screen.MarkupLine("SIXTYFOUR_API_KEY is set, so this run asks the real API, which [bold]charges for every row[/].");
        if (saidYes)
        {
            return true;
        }

        if (Console.IsInputRedirected)
        {
            screen.MarkupLine(
                "There is no console to ask on, so nothing was sent. Add [bold]--yes[/] to spend it, or unset SIXTYFOUR_API_KEY to use the emulator.");
            return false;
        }

        screen.Markup("Go on? [[y/N]] ");
        // On a thread of its own, since reading cannot be cancelled and Ctrl-C shall end the program here, too.
        var agreed = (await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken))?.Trim() is "y" or "Y" or "yes";
        if (!agreed)
        {
            screen.MarkupLine("Nothing was sent.");
        }

        return agreed;
    }
}
