namespace Sixtyfour;

/// <summary>The names that Microsoft.Bcl.TimeProvider gives these on netstandard2.0, so that one spelling compiles everywhere.</summary>
internal static class TimeProviderTaskExtensions
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, clock, cancellationToken);

    public static CancellationTokenSource CreateCancellationTokenSource(this TimeProvider clock, TimeSpan delay) => new(delay, clock);
}
