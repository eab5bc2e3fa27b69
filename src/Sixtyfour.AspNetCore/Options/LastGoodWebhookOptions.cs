using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sixtyfour.AspNetCore.Diagnostics;

namespace Sixtyfour.AspNetCore.Options;

/// <summary>A name under which options were registered; empty for those without one.</summary>
internal sealed record WebhookOptionsName(string Name);

/// <summary>
/// A reload that fails validation must not stop the receiver: the last good options stay. A reload that removes all secrets is valid: a removed secret must no
/// longer count.
/// </summary>
internal sealed class LastGoodWebhookOptions(ILoggerFactory loggers) : IPostConfigureOptions<SixtyfourWebhookOptions>
{
    private readonly ConcurrentDictionary<string, SixtyfourWebhookOptions> _good = new(StringComparer.Ordinal);

    public void PostConfigure(string? name, SixtyfourWebhookOptions options)
    {
        var problems = WebhookOptionsValidator.Problems(options);
        if (problems.Count is 0)
        {
            var copy = new SixtyfourWebhookOptions();
            Overwrite(copy, options);
            _good[name ?? ""] = copy;
        }
        else if (_good.TryGetValue(name ?? "", out var good))
        {
            Log.ReloadIgnored(loggers.CreateLogger(SixtyfourTelemetry.Name), string.Join(" ", problems));
            Overwrite(options, good);
        }
    }

    private static void Overwrite(SixtyfourWebhookOptions options, SixtyfourWebhookOptions by)
    {
        options.WebhookSecrets.Clear();
        foreach (var secret in by.WebhookSecrets)
        {
            options.WebhookSecrets.Add(secret);
        }

        options.Tolerance = by.Tolerance;
        options.MaxBodyBytes = by.MaxBodyBytes;
        options.AllowUnsigned = by.AllowUnsigned;
        options.Unreadable.Clear();
    }
}
