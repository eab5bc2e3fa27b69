namespace Sixtyfour;

/// <summary>The shared source of randomness of newer targets: one generator a thread.</summary>
internal static class RandomExtensions
{
    private static readonly ThreadLocal<Random> PerThread = new(() => new Random(Guid.NewGuid().GetHashCode()));

    extension(Random)
    {
        public static Random Shared => PerThread.Value!;
    }
}
