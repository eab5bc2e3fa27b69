using Spectre.Console;

namespace Quickstart;

/// <summary>Asks before anything is spent.</summary>
internal static class Consent
{
    public static bool Ask(IAnsiConsole screen, decimal likelyCents, bool saidYes)
    {
        screen.WriteLine("SIXTYFOUR_API_KEY is set, so this run asks the real API.");
        screen.MarkupLineInterpolated($"At the documented 10 cents a lead (tier low) it may cost about [bold]{Money.Dollars(likelyCents)}[/].");
        if (saidYes)
        {
            return true;
        }

        if (Console.IsInputRedirected)
        {
            screen.MarkupLine(
                "There is no console to ask on, so nothing was sent. Add [bold]-- --yes[/] to spend it, or unset SIXTYFOUR_API_KEY to use the emulator.");
            return false;
        }

        screen.Markup("Go on? [[y/N]] ");
        var agreed = Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
        if (!agreed)
        {
            screen.MarkupLine("Nothing was sent.");
        }

        return agreed;
    }
}
