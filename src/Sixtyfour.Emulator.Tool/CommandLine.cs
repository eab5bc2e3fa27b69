using System.Globalization;

namespace Sixtyfour.Emulator.Tool;

/// <summary>What was asked for on the command line.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        Runs the Sixtyfour API as a local server: answers, charges, limits and failures like the service's, without a key and without a bill.

        Usage: sixtyfour-emulator [options]

          --urls URL          where to listen                              (default http://127.0.0.1:6464)
          --key KEY           the key that requests must carry             (default emulator-key)
          --time-scale N      how many times faster than real time it runs (default 1)
          --run-time SECONDS  how long all work takes                      (default: minutes, as the service)
          --manual-clock      time stands still until POST /_emulator/advance
          --seed N            another set of answers and run times         (default 0)
          --balance CENTS     the balance at the start                     (default 100000)
          --high-tier         allows the tiers high and xhigh
          --pass-through N    the share of a bulk file's rows that come
                              back without a value, 0 to 1             (default 0.02)
          --preview-rows N    up to how many rows a bulk file stands
                              in the answer about its job as well      (default 20)
          --link-lifetime N   how many seconds a link to a file lives      (default 900)
          --local-webhooks    delivers webhooks to http and to this machine, too
          --help              shows this

        Its state is at GET /_emulator, /_emulator/requests, /_emulator/jobs and /_emulator/deliveries.
        POST /_emulator/faults with {"fault": "status", "status": 503, "path": "/bulk-intelligence/*"} lets something go wrong.
        """;

    private readonly List<Action<EmulatorOptions>> _settings = [options => options.Url = new Uri("http://127.0.0.1:6464")];

    public bool WantsHelp { get; private set; }

    public void Apply(EmulatorOptions options) => _settings.ForEach(set => set(options));

    /// <exception cref="FormatException">The sentence to show.</exception>
    public static CommandLine Parse(IEnumerable<string> args)
    {
        var commandLine = new CommandLine();
        var rest = new Queue<string>(args.SelectMany(SplitAtEqualsSign));
        while (rest.TryDequeue(out var option))
        {
            commandLine.Read(option, () => rest.TryDequeue(out var value) ? value : throw new FormatException($"{option} needs a value."));
        }

        return commandLine;
    }

    private void Read(string option, Func<string> value)
    {
        switch (option)
        {
            case "--help" or "-h" or "-?":
                WantsHelp = true;
                break;
            case "--urls":
                Set(Url(value()), (options, url) => options.Url = url);
                break;
            case "--key":
                Set(value(), (options, key) => options.ApiKey = key);
                break;
            case "--time-scale":
                Set(Number(option, value()), (options, scale) => options.TimeScale = (double)scale);
                break;
            case "--run-time":
                Set(TimeSpan.FromSeconds((double)Number(option, value())), (options, runTime) => options.RunTime = _ => runTime);
                break;
            case "--manual-clock":
                Set(true, (options, isManual) => options.ManualClock = isManual);
                break;
            case "--seed":
                Set((int)Number(option, value()), (options, seed) => options.Seed = seed);
                break;
            case "--balance":
                Set(Number(option, value()), (options, cents) => options.BalanceCents = cents);
                break;
            case "--high-tier":
                Set(true, (options, isEnabled) => options.HighTierEnabled = isEnabled);
                break;
            case "--pass-through":
                Set(Number(option, value()), (options, share) => options.PassThroughShare = (double)share);
                break;
            case "--preview-rows":
                Set((int)Number(option, value()), (options, rows) => options.PreviewRows = rows);
                break;
            case "--link-lifetime":
                Set(TimeSpan.FromSeconds((double)Number(option, value())), (options, lifetime) => options.LinkLifetime = lifetime);
                break;
            case "--local-webhooks":
                Set(true, (options, areAllowed) => options.AllowsLocalWebhooks = areAllowed);
                break;
            default:
                throw new FormatException($"There is no option '{option}'. See --help.");
        }
    }

    private void Set<T>(T value, Action<EmulatorOptions, T> set) => _settings.Add(options => set(options, value));

    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new FormatException($"--urls is '{text}': give one address such as http://127.0.0.1:6464.");

    private static decimal Number(string option, string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= int.MaxValue
            ? number
            : throw new FormatException($"{option} is '{text}': give a number.");

    private static string[] SplitAtEqualsSign(string arg) => arg.StartsWith("--", StringComparison.Ordinal) ? arg.Split('=', 2) : [arg];
}
