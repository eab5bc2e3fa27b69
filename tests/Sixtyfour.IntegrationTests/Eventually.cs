namespace Sixtyfour.IntegrationTests;

/// <summary>Waits for something that happens on the other side of a socket, as soon as it does and no longer than ten seconds.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
