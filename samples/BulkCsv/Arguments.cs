using System.Globalization;

namespace BulkCsv;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Arguments
{
    public const string Usage =
        "Usage: dotnet run --project samples/BulkCsv -- [input.csv] [--struct struct.json] [--out enriched.csv] [--max-cost 25.00] [--yes]";

    public string Input { get; private init; } = Beside("people.csv");

    public string Struct { get; private init; } = Beside("struct.json");

    public string Output { get; private init; } = "enriched.csv";

    /// <summary>The ceiling, in US cents; the command line has it in dollars.</summary>
    public decimal? MaxCents { get; private init; }

    public bool SaidYes { get; private init; }

    public bool WantsHelp { get; private init; }

    /// <exception cref="FormatException">The sentence to show.</exception>
    public static Arguments Parse(IEnumerable<string> args)
    {
        var asked = new Arguments();
        string? input = null;
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var word))
        {
            asked = word switch
            {
                "--struct" => asked with { Struct = Value() },
                "--out" => asked with { Output = Value() },
                "--max-cost" => asked with { MaxCents = Cents(Value()) },
                "--yes" => asked with { SaidYes = true },
                "--help" or "-h" => asked with { WantsHelp = true },
                _ when word.StartsWith('-') => throw new FormatException($"There is no option '{word}'. {Usage}"),
                _ when input is not null => throw new FormatException($"'{word}' is one file too many. {Usage}"),
                _ => asked with { Input = input = word },
            };

            string Value() => rest.TryDequeue(out var value) && value.Length > 0 ? value : throw new FormatException($"{word} needs a value. {Usage}");
        }

        asked.CheckOutput();
        return asked;
    }

    // Before anything is paid for: a result that cannot be saved would have to be fetched again.
    private void CheckOutput()
    {
        var path = Path.GetFullPath(Output);
        if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new FormatException($"--out is '{Output}': name a file in a folder that exists.");
        }

        if (path == Path.GetFullPath(Input))
        {
            throw new FormatException($"--out is '{Output}', which is the input: it would be replaced.");
        }
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static decimal Cents(string dollars) =>
        decimal.TryParse(dollars, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= int.MaxValue
            ? amount * 100
            : throw new FormatException($"--max-cost is '{dollars}': give US dollars, such as 25.00.");
}
