namespace Sixtyfour;

/// <summary>What you need to listen to the SDK with OpenTelemetry or any other listener of activities and meters.</summary>
public static class SixtyfourTelemetry
{
    /// <summary>The one name of the activity source, the meter and the log category.</summary>
    public const string Name = "Sixtyfour";
}
