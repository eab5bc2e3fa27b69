using Sixtyfour.Diagnostics;

namespace Sixtyfour.Jobs;

/// <summary>Counts what was charged, as far as the service says so.</summary>
internal static class Charges
{
    public static T Count<T>(T found, string route)
        where T : Enrichment
    {
        if (found.ChargeCents is { } cents)
        {
            Telemetry.Charged(cents, route);
        }

        return found;
    }
}
