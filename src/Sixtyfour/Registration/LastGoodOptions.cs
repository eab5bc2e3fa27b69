using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Registration;

/// <summary>A reload that fails validation must not break a running application: the last valid options stay in effect, and one message is logged.</summary>
internal sealed class LastGoodOptions(ILoggerFactory loggers) : IPostConfigureOptions<SixtyfourClientOptions>
{
    private readonly ConcurrentDictionary<string, SixtyfourClientOptions> _good = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _reported = new(StringComparer.Ordinal);

    public void PostConfigure(string? name, SixtyfourClientOptions options)
    {
        var registration = name ?? "";
        var problems = ClientSettings.Problems(options);
        if (problems.Count is 0)
        {
            _good[registration] = ClientSettings.Copy(options);
            _reported.TryRemove(registration, out _);
        }
        else if (_good.TryGetValue(registration, out var good))
        {
            Report(registration, string.Join(" ", problems));
            ClientSettings.Overwrite(options, good);
        }
    }

    // One change often triggers several reloads: by the file watcher, and for each section that was added.
    private void Report(string registration, string problems)
    {
        var known = _reported.TryGetValue(registration, out var reported) ? reported : null;
        if (known != problems)
        {
            _reported[registration] = problems;
            Log.ReloadIgnored(loggers.CreateLogger(SixtyfourTelemetry.Name), registration, problems);
        }
    }
}
