using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

internal static class EmulatorClients
{
    extension(SixtyfourEmulator emulator)
    {
        public SixtyfourClient CreateClient(Action<SixtyfourClientOptions>? configure = null)
        {
            var options = new SixtyfourClientOptions();
            emulator.Configure(options);
            configure?.Invoke(options);
            return new(options: options);
        }
    }
}
