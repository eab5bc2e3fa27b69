using Sixtyfour.Emulator;

namespace WebhookReceiver;

/// <summary>An emulator that takes a few seconds for each job, and whose webhooks do not all arrive as one would wish.</summary>
internal static class Playground
{
    public static async Task<SixtyfourEmulator> StartAsync()
    {
        const string Path = "/enrich-lead-async";
        var emulator = await SixtyfourEmulator.StartAsync(options =>
        {
            options.AllowsLocalWebhooks = true;
            options.NotFoundShare = 0;
            options.RunTime = random => TimeSpan.FromSeconds(2 + (6 * random.NextDouble()));
        });
        emulator.Inject(Fault.DoublesTheWebhook(), Path);
        emulator.Inject(Fault.DropsTheWebhook(), Path);
        emulator.Inject(Fault.CorruptsTheWebhook(), Path);
        emulator.Inject(Fault.ReplaysTheWebhook(), Path);
        return emulator;
    }
}
