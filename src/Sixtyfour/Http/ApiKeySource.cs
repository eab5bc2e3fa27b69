using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Http;

/// <summary>Where the key of each attempt comes from: the options that are in force at that moment.</summary>
/// <param name="current">The options in force.</param>
/// <param name="first">Those the client was made with: its address never changes.</param>
/// <param name="logger">Hears of keys that cannot be used.</param>
internal sealed class ApiKeySource(Func<SixtyfourClientOptions> current, SixtyfourClientOptions first, ILogger logger)
{
    private readonly string _origin = SafeAddress.Origin(first.Endpoint);
    private SixtyfourClientOptions _lastOfThisOrigin = first;
    private Uri? _reported;

    public ValueTask<string> GetAsync(Call call)
    {
        var options = OfThisOrigin(current());
        call.KeyOrigin = options.ApiKeyProvider is not null ? $"from {nameof(options.ApiKeyProvider)}" : options.KeyOrigin ?? $"from the setting {nameof(options.ApiKey)}";
        return options.ApiKeyProvider is { } provider ? AskAsync(provider, call) : new(Usable(options.ApiKey));
    }

    // A key that came together with another address belongs there, and this client goes on sending to the old one.
    private SixtyfourClientOptions OfThisOrigin(SixtyfourClientOptions options)
    {
        if (SafeAddress.Origin(options.Endpoint) == _origin)
        {
            return _lastOfThisOrigin = options;
        }

        if (Interlocked.Exchange(ref _reported, options.Endpoint) != options.Endpoint)
        {
            Log.KeyOfAnotherOrigin(logger, SafeAddress.Origin(options.Endpoint), _origin);
        }

        return _lastOfThisOrigin;
    }

    private static async ValueTask<string> AskAsync(Func<CancellationToken, ValueTask<string>> provider, Call call) =>
        Usable(await call.WithinLimitAsync(provider, "the API key").ConfigureAwait(false));

    // Not even the place of the offending character is told: it is a secret.
    private static string Usable(string? key) =>
        ClientSettings.KeyFault(key) is { } fault
            ? throw new InvalidOperationException(
                $"There is no usable API key: what {nameof(SixtyfourClientOptions.ApiKey)} or {nameof(SixtyfourClientOptions.ApiKeyProvider)} gave {fault}. Nothing was sent with it.")
            : key!;
}
