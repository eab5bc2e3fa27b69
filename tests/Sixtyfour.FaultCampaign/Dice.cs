using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.FaultCampaign;

/// <summary>Random numbers that depend on seed, case and purpose alone, never on the order in which threads ask.</summary>
internal static class Dice
{
    public static Random For(int seed, int number, string purpose) =>
        new(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{number}/{purpose}"))));
}
