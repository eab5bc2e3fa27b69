using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Registration;

/// <summary>A reload that fails validation must not take the key from a running application: the last good options stay, and the log says so once a reload.</summary>
internal sealed class LastGoodOptions(ILoggerFactory loggers) : IPostConfigureOptions<SixtyfourClientOptions>
{
    private readonly ConcurrentDictionary<string, SixtyfourClientOptions> _good = new(StringComparer.Ordinal);

    public void PostConfigure(string? name, SixtyfourClientOptions options)
    {
        var registration = name ?? "";
        var problems = SixtyfourClientOptionsValidator.Problems(options);
        if (problems.Count is 0)
        {
            _good[registration] = OptionsCopy.Of(options);
        }
        else if (_good.TryGetValue(registration, out var good))
        {
            Log.ReloadIgnored(loggers.CreateLogger(SixtyfourTelemetry.Name), registration, string.Join(" ", problems));
            OptionsCopy.Overwrite(options, good);
        }
    }
}
