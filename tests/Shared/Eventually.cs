namespace Sixtyfour.Testing;

/// <summary>
/// Waits for what happens on another thread or on the other side of a socket and is not reported, as soon as it does and no longer than thirty seconds.
/// </summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException("It did not happen within 30 seconds.");
            }

            await Task.Yield();
        }
    }
}
