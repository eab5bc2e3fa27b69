namespace Sixtyfour.Http;

/// <summary>What the service takes as an idempotency key (vendor's bulk page).</summary>
internal static class Idempotency
{
    private const int Longest = 255;

    public static string? Check(string? key) => key switch
    {
        null => null,
        { Length: 0 or > Longest } => throw new ArgumentException($"The idempotency key has {key.Length} characters: the service takes 1 to {Longest}.", nameof(key)),
        _ when !key.All(c => c is >= ' ' and <= '~') => throw new ArgumentException("The idempotency key holds characters that no header can carry: use printable ASCII.", nameof(key)),
        _ => key,
    };
}
