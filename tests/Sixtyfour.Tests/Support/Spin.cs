namespace Sixtyfour.Tests.Support;

/// <summary>For the moment when another task has reached its next wait on the fake clock.</summary>
internal static class Spin
{
    public static async Task UntilAsync(Func<bool> condition)
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
