namespace Sixtyfour.Emulator;

/// <summary>How the minute of the rate limit is measured.</summary>
public enum RateLimitWindow
{
    /// <summary>The last 60 seconds, at every moment.</summary>
    Sliding,

    /// <summary>A minute that begins with the first request after the previous one has ended.</summary>
    Fixed,
}
