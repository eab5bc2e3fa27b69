namespace Sixtyfour.AspNetCore.Tests.Support;

/// <summary>Waits for something that happens on another thread, as soon as it does and no longer than twenty seconds.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
