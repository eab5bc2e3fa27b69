using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator;

public sealed partial class SixtyfourEmulator
{
    // A client accepts no longer limit. At this one a clock that runs 600 times faster still leaves an attempt 144 seconds of real time.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromDays(49);

    /// <summary>Makes a client of this emulator.</summary>
    /// <param name="configure">
    /// Changes the client's options, after address, key and clock were set. Limits of attempts count in real time here too, however fast the clock runs.
    /// </param>
    /// <returns>A client that is yours to dispose.</returns>
    public SixtyfourClient CreateClient(Action<SixtyfourClientOptions>? configure = null)
    {
        var options = new SixtyfourClientOptions();
        Point(options);
        configure?.Invoke(options);
        KeepLimitsInRealTime(options);
        return new SixtyfourClient(options: options);
    }

    /// <summary>Points a client at this emulator: address, key and clock. Fits <c>services.AddSixtyfour(emulator.Configure)</c>.</summary>
    /// <remarks>
    /// When the clock runs faster than real time, the limits of attempts are multiplied, up to one day on the emulator's clock, so that they stay what
    /// they are in real time.
    /// </remarks>
    /// <param name="options">The options of the client.</param>
    public void Configure(SixtyfourClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Point(options);
        KeepLimitsInRealTime(options);
    }

    private void Point(SixtyfourClientOptions options)
    {
        options.Endpoint = Endpoint;
        options.AllowInsecureEndpoint |= !Endpoint.IsLoopback;
        options.ApiKey = ApiKey;
        options.TimeProvider = Clock;
    }

    private void KeepLimitsInRealTime(SixtyfourClientOptions options)
    {
        if (Clock is not ScaledClock { Scale: var scale })
        {
            return;
        }

        options.AgentAttemptTimeout = Scaled(options.AgentAttemptTimeout, scale);
        options.AgentTotalTimeout = Scaled(options.AgentTotalTimeout, scale);
        options.QuickAttemptTimeout = Scaled(options.QuickAttemptTimeout, scale);
        options.QuickTotalTimeout = Scaled(options.QuickTotalTimeout, scale);
        options.TransferIdleTimeout = Scaled(options.TransferIdleTimeout, scale);
    }

    private static TimeSpan Scaled(TimeSpan limit, double scale) =>
        limit <= TimeSpan.Zero ? limit : TimeSpan.FromSeconds(Math.Min(limit.TotalSeconds * scale, LongestLimit.TotalSeconds));
}
