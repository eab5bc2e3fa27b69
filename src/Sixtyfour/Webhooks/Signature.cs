using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.Webhooks;

/// <summary>HMAC-SHA256 over the timestamp, a full stop and the raw body, which is never copied as a whole.</summary>
internal static class Signature
{
    /// <param name="body">The raw bytes.</param>
    /// <param name="secret">Prefix included: the service's key is the whole text, not what its hex digits stand for.</param>
    /// <param name="timestamp">As it stands in the header.</param>
    public static byte[] Of(ReadOnlySpan<byte> body, string secret, string timestamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
