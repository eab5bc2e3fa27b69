using Sixtyfour.Options;

namespace Sixtyfour.Http;

/// <summary>Where the key of each attempt comes from: the options that are in force at that moment.</summary>
internal sealed class ApiKeySource(Func<SixtyfourClientOptions> current)
{
    public ValueTask<string> GetAsync(Call call)
    {
        var options = current();
        return options.ApiKeyProvider is { } provider ? AskAsync(provider, call) : new(Usable(options.ApiKey));
    }

    private static async ValueTask<string> AskAsync(Func<CancellationToken, ValueTask<string>> provider, Call call) =>
        Usable(await call.WithinLimitAsync(provider, "the API key").ConfigureAwait(false));

    // Not even the place of the offending character is told: it is a secret.
    private static string Usable(string? key) =>
        ClientSettings.IsUsableKey(key)
            ? key!
            : throw new InvalidOperationException(
                $"There is no usable API key: what {nameof(SixtyfourClientOptions.ApiKey)} or {nameof(SixtyfourClientOptions.ApiKeyProvider)} gave is empty or holds characters that no header can carry.");
}
