namespace Sixtyfour.Jobs.Scheduling;

/// <summary>The normal distribution, which the framework lacks.</summary>
internal static class Normal
{
    /// <summary>The share above <paramref name="z"/> (Abramowitz and Stegun 26.2.17, error below 1e-7).</summary>
    public static double Above(double z)
    {
        if (z < 0)
        {
            return 1 - Above(-z);
        }

        var t = 1 / (1 + (0.2316419 * z));
        var sum = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * sum;
    }
}
