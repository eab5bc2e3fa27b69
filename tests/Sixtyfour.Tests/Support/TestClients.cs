using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Support;

/// <summary>Clients over a stubbed handler, on a clock the test owns.</summary>
internal static class TestClients
{
    public const string Key = "sk_test_5f2b";

    public static SixtyfourClient Create(HttpMessageHandler handler, TimeProvider? clock = null, Action<SixtyfourClientOptions>? configure = null)
    {
        var options = new SixtyfourClientOptions { ApiKey = Key, Endpoint = new("https://api.sixtyfour.test"), TimeProvider = clock ?? new FakeClock() };
        configure?.Invoke(options);
        return new SixtyfourClient(options: options, handler: handler);
    }
}
