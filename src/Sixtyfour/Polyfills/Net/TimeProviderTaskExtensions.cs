namespace Sixtyfour;

/// <summary>The name that Microsoft.Bcl.TimeProvider gives this on netstandard2.0, so that one spelling compiles everywhere.</summary>
internal static class TimeProviderTaskExtensions
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, clock, cancellationToken);
}
