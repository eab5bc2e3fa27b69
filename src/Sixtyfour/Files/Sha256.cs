using System.Security.Cryptography;

namespace Sixtyfour.Files;

/// <summary>Hashes as 64 lower-case hex digits.</summary>
internal static class Sha256
{
    private const string Digits = "0123456789abcdef";

    public static IncrementalHash Begin() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Text(IncrementalHash hash) => string.Concat(hash.GetHashAndReset().Select(value => $"{Digits[value >> 4]}{Digits[value & 15]}"));
}
