using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.Emulator.Randomness;

/// <summary>Random numbers that depend on the seed and on what they are for, and on nothing else.</summary>
internal static class Dice
{
    public static Random For(int seed, params string[] purpose) => new(BinaryPrimitives.ReadInt32LittleEndian(Hash(seed, purpose)));

    public static Guid Guid(int seed, params string[] purpose)
    {
        var bytes = Hash(seed, purpose).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);   // looks like any random id: version 4, variant 1
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public static string Fingerprint(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content));

    private static byte[] Hash(int seed, string[] purpose) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(seed.ToString(CultureInfo.InvariantCulture) + '\0' + string.Join('\0', purpose)));
}
