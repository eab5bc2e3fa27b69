namespace Sixtyfour.Emulator.Randomness;

/// <summary>How long work takes when the options do not say.</summary>
internal static class RunTimes
{
    private const double MedianSeconds = 120;
    private const double LongestSeconds = 600;

    // The 95th percentile of the logarithm lies 1.645 standard deviations above its mean; with this it is 300 seconds.
    private const double Sigma = 0.557;

    /// <summary>Two to ten seconds, as the vendor's own notes say of look-ups.</summary>
    public static TimeSpan Quick(Random random) => TimeSpan.FromSeconds(2 + 8 * random.NextDouble());

    public static TimeSpan LogNormal(Random random)
    {
        // Box and Muller's way from two even numbers to one that is normally distributed.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return TimeSpan.FromSeconds(Math.Min(MedianSeconds * Math.Exp(Sigma * normal), LongestSeconds));
    }
}
