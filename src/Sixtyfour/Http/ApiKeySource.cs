using Microsoft.Extensions.Logging;
using Sixtyfour.Diagnostics;

namespace Sixtyfour.Http;

/// <summary>Where the key of each attempt comes from: the options that are in force at that moment.</summary>
/// <param name="current">The options in force.</param>
/// <param name="first">Those the client was made with: its address never changes.</param>
/// <param name="logger">Gets a message when a key cannot be used.</param>
internal sealed class ApiKeySource(Func<SixtyfourClientOptions> current, SixtyfourClientOptions first, ILogger logger)
{
    private readonly string _origin = SafeAddress.Origin(first.Endpoint);
    private SixtyfourClientOptions _lastForThisOrigin = first;
    private Uri? _reported;

    public ValueTask<string> GetAsync(Call call)
    {
        var options = ForThisOrigin(current());
        call.KeyOrigin = options.ApiKeyProvider is not null
            ? $"from {nameof(options.ApiKeyProvider)}"
            : options.KeyOrigin ?? $"from the setting {nameof(options.ApiKey)}";
        return options.ApiKeyProvider is { } provider ? FromProviderAsync(provider, call) : new(Usable(options.ApiKey));
    }

    // A key that was set together with another address belongs there, and this client still sends to the old one.
    private SixtyfourClientOptions ForThisOrigin(SixtyfourClientOptions options)
    {
        if (SafeAddress.Origin(options.Endpoint) == _origin)
        {
            return _lastForThisOrigin = options;
        }

        if (Interlocked.Exchange(ref _reported, options.Endpoint) != options.Endpoint)
        {
            Log.KeyOfAnotherOrigin(logger, SafeAddress.Origin(options.Endpoint), _origin);
        }

        return _lastForThisOrigin;
    }

    private static async ValueTask<string> FromProviderAsync(Func<CancellationToken, ValueTask<string>> provider, Call call) =>
        Usable(await call.WithinLimitAsync(provider, "the API key").ConfigureAwait(false));

    // Not even the position of the bad character is named: the key is a secret.
    private static string Usable(string? key) =>
        ClientSettings.KeyFault(key) is { } fault
            ? throw new InvalidOperationException(
                $"There is no usable API key: the value of {nameof(SixtyfourClientOptions.ApiKey)} or {nameof(SixtyfourClientOptions.ApiKeyProvider)} {fault}. "
                + "Nothing was sent with it.")
            : key!;
}
