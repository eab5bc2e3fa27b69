using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sixtyfour.Webhooks;

/// <summary>
/// The parts of a <c>Sixtyfour-Signature</c> header: one time and every <c>v1</c>. Anyone can send one, so it is bounded in length and count.
/// </summary>
internal sealed class SignatureHeader
{
    /// <summary>During a rotation there are two signatures, about 150 characters.</summary>
    public const int MaxLength = 2_048;

    public const int MaxSignatures = 16;

    public const int SignatureBytes = 32;

    // The last second of the year 9999.
    private const long LastSecond = 253_402_300_799;

    private const int MaxTimestampDigits = 12;

    private readonly byte[] _signatures;

    private SignatureHeader(string timestamp, DateTimeOffset signedAt, byte[] signatures) =>
        (Timestamp, SignedAt, _signatures) = (timestamp, signedAt, signatures);

    /// <summary>Exactly as sent, because that is what was signed.</summary>
    public string Timestamp { get; }

    public DateTimeOffset SignedAt { get; }

    public int Count => _signatures.Length / SignatureBytes;

    public ReadOnlySpan<byte> Signature(int index) => _signatures.AsSpan(index * SignatureBytes, SignatureBytes);

    public static bool TryRead(string text, [NotNullWhen(true)] out SignatureHeader? header)
    {
        header = null;
        if (text.Length > MaxLength)
        {
            return false;
        }

        Span<byte> signatures = stackalloc byte[MaxSignatures * SignatureBytes];
        var timestamp = ReadOnlySpan<char>.Empty;
        var hasTimestamp = false;
        var count = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var part = TakePart(ref rest);
            if (part.StartsWith("t=".AsSpan(), StringComparison.Ordinal))
            {
                if (hasTimestamp)
                {
                    return false;
                }

                hasTimestamp = true;
                timestamp = part.Slice(2);
            }
            else if (part.StartsWith("v1=".AsSpan(), StringComparison.Ordinal)
                && (count == MaxSignatures || !TryReadHex(part.Slice(3), signatures.Slice(count++ * SignatureBytes, SignatureBytes))))
            {
                return false;
            }

            // Other parts belong to future schemes.
        }

        if (count is 0 || !TryReadTime(timestamp, out var signedAt))
        {
            return false;
        }

        header = new(timestamp.ToString(), signedAt, signatures.Slice(0, count * SignatureBytes).ToArray());
        return true;
    }

    private static ReadOnlySpan<char> TakePart(scoped ref ReadOnlySpan<char> rest)
    {
        var comma = rest.IndexOf(',');
        var part = comma < 0 ? rest : rest.Slice(0, comma);
        rest = comma < 0 ? default : rest.Slice(comma + 1);
        return part.Trim(" \t".AsSpan());
    }

    private static bool TryReadTime(ReadOnlySpan<char> digits, out DateTimeOffset time)
    {
        time = default;
        if (digits.Length is 0 or > MaxTimestampDigits)
        {
            return false;
        }

        var seconds = 0L;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '9')
            {
                return false;
            }

            seconds = (seconds * 10) + (digit - '0');
        }

        if (seconds > LastSecond)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, Span<byte> bytes)
    {
        if (digits.Length != bytes.Length * 2)
        {
            return false;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            var value = (ValueOf(digits[2 * i]) << 4) | ValueOf(digits[(2 * i) + 1]);
            if (value < 0)
            {
                return false;
            }

            bytes[i] = (byte)value;
        }

        return true;
    }

    private static int ValueOf(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };

    public static string Write(DateTimeOffset timestamp, ReadOnlySpan<byte> signature)
    {
        const string Digits = "0123456789abcdef";
        var hex = new char[signature.Length * 2];
        for (var i = 0; i < signature.Length; i++)
        {
            hex[2 * i] = Digits[signature[i] >> 4];
            hex[(2 * i) + 1] = Digits[signature[i] & 0xF];
        }

        return $"t={timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)},v1={new string(hex)}";
    }
}

/// <summary>HMAC-SHA256 over the timestamp, a full stop and the raw body, which is not copied.</summary>
internal static class Signature
{
    /// <param name="body">The raw bytes.</param>
    /// <param name="secret">With its prefix: the key is the whole text, not the bytes of its hex digits.</param>
    /// <param name="timestamp">As written in the header.</param>
    public static byte[] Of(ReadOnlySpan<byte> body, string secret, string timestamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
