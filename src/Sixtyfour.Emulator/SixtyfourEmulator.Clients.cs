using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator;

public sealed partial class SixtyfourEmulator
{
    // The longest wait a timer of the framework takes is a little over 49 days.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromDays(49);

    /// <summary>Points a client at this emulator: address, key and clock. Fits <c>services.AddSixtyfour(emulator.Configure)</c>.</summary>
    /// <remarks>When the clock runs faster than real time, the limits of attempts are multiplied, so that they stay what they are in real time.</remarks>
    /// <param name="options">The options of the client.</param>
    public void Configure(SixtyfourClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Endpoint = Endpoint;
        options.ApiKey = ApiKey;
        options.TimeProvider = Clock;
        if (Clock is not ScaledClock { Scale: var scale })
            return;
        options.AgentAttemptTimeout = Scaled(options.AgentAttemptTimeout, scale);
        options.AgentTotalTimeout = Scaled(options.AgentTotalTimeout, scale);
        options.QuickAttemptTimeout = Scaled(options.QuickAttemptTimeout, scale);
        options.QuickTotalTimeout = Scaled(options.QuickTotalTimeout, scale);
        options.TransferIdleTimeout = Scaled(options.TransferIdleTimeout, scale);
    }

    private static TimeSpan Scaled(TimeSpan limit, double scale) =>
        limit <= TimeSpan.Zero ? limit : TimeSpan.FromSeconds(Math.Min(limit.TotalSeconds * scale, LongestLimit.TotalSeconds));
}
