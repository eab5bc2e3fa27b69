using Spectre.Console;

namespace BulkCsv;

internal static class Screen
{
    private const int WidthOfFiles = 1000;

    /// <summary>A console that writes plain lines, without colours and spinners, unless it is interactive.</summary>
    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            // Build servers would be given colours although their output is a file.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(Console.Out),
        });
        plain.Profile.Width = WidthOfFiles;
        return plain;
    }
}
