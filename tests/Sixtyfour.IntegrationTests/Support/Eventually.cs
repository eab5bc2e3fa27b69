namespace Sixtyfour.IntegrationTests.Support;

/// <summary>For what happens on the other side of a socket and nobody reports.</summary>
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
