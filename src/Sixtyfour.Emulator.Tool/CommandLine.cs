namespace Sixtyfour.Emulator.Tool;

/// <summary>What was asked for on the command line.</summary>
internal sealed class CommandLine
{
    private const string Beginning = """
        Runs the Sixtyfour API as a local server: answers, charges, limits and failures like the service's, without a key and without a bill.

        Usage: sixtyfour-emulator [options]

        """;

    private const string End = """

        Its state is at GET /_emulator, /_emulator/requests, /_emulator/jobs and /_emulator/deliveries.
        POST /_emulator/faults with {"fault": "status", "status": 503, "path": "/bulk-intelligence/*"} lets something go wrong.
        """;

    private readonly List<Action<EmulatorOptions>> _settings = [options => options.Url = new Uri("http://127.0.0.1:6464")];

    public static string Help => string.Join('\n', [Beginning, .. Switch.All.Select(each => each.Line), $"  {"--help",-32} shows this", End]);

    public bool WantsHelp { get; private set; }

    /// <exception cref="FormatException">The sentence to show.</exception>
    public void Apply(EmulatorOptions options) => _settings.ForEach(set => set(options));

    /// <exception cref="FormatException">The sentence to show.</exception>
    public static CommandLine Parse(IEnumerable<string> args)
    {
        var commandLine = new CommandLine();
        var rest = new Queue<string>(args.SelectMany(SplitAtEqualsSign));
        while (rest.TryDequeue(out var option))
        {
            commandLine.Read(option, rest);
        }

        return commandLine;
    }

    private void Read(string option, Queue<string> rest)
    {
        if (option is "--help" or "-h" or "-?")
        {
            WantsHelp = true;
            return;
        }

        var asked = Switch.All.FirstOrDefault(each => each.Name == option) ?? throw new FormatException($"There is no option '{option}'. See --help.");
        var value = asked.Value is null ? "" : rest.TryDequeue(out var given) ? given : throw new FormatException($"{option} needs a value.");
        asked.Set(new EmulatorOptions(), value);   // a mistake is told before anything starts
        _settings.Add(options => asked.Set(options, value));
    }

    private static string[] SplitAtEqualsSign(string arg) => arg.StartsWith("--", StringComparison.Ordinal) ? arg.Split('=', 2) : [arg];
}
