namespace Sixtyfour.Http;

/// <summary>The randomness of waits, where none is injected.</summary>
internal static class Jitter
{
    public static double Next() => Random.Shared.NextDouble();
}
