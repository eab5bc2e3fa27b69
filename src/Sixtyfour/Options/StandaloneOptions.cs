using Sixtyfour.Http;

namespace Sixtyfour;

/// <summary>What a client made with <c>new</c> does for itself and the registration does otherwise.</summary>
internal static class StandaloneOptions
{
    public static SixtyfourClientOptions Create(string? apiKey, SixtyfourClientOptions? options)
    {
        var copy = options is null ? new SixtyfourClientOptions() : OptionsCopy.Of(options);
        if (apiKey is not null)
        {
            copy.ApiKey = apiKey;
            copy.ApiKeyProvider = null;
        }

        new EnvironmentFallback().Apply(copy, isDefault: true);
        var problems = SixtyfourClientOptionsValidator.Problems(copy);
        return problems.Count is 0 ? copy : throw new ArgumentException(string.Join(" ", problems), options is null ? nameof(apiKey) : nameof(options));
    }

    public static HttpClient CreateHttpClient(HttpMessageHandler? handler) =>
        new(HandlerChain.Guard(handler ?? PrimaryHandler.Create()), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
}
