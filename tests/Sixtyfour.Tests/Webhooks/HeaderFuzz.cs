using System.Globalization;
using System.Text.RegularExpressions;

namespace Sixtyfour.Tests.Webhooks;

/// <summary>Headers that are nearly right, compared with a second, slow and obvious reading of what the vendor documents.</summary>
public sealed partial class HeaderFuzz
{
    private const int Cases = 150_000;

    private static readonly string s_right = Signed.Hex(Signed.Body, Signed.Secret, $"{Signed.Now}");

    [Fact]
    public void The_verdict_is_that_of_a_naive_reading_for_150_000_headers()
    {
        var seen = new Dictionary<WebhookVerdict, int>();
        for (var seed = 0; seed < Cases; seed++)
        {
            var header = Header(new Random(seed));

            var verdict = Signed.Verify(header);

            if (verdict != Expected(header))
            {
                Assert.Fail($"Seed {seed}, {header}: {verdict} instead of {Expected(header)}.");
            }

            seen[verdict] = seen.GetValueOrDefault(verdict) + 1;
        }

        // Not noise: each way out is taken often.
        seen.Keys.Should().BeEquivalentTo(Enum.GetValues<WebhookVerdict>().Except([WebhookVerdict.NotVerified, WebhookVerdict.NoSecretConfigured]));
        seen.Values.Should().OnlyContain(count => count > 50, string.Join(", ", seen));
    }

    private static WebhookVerdict Expected(string header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return WebhookVerdict.SignatureMissing;
        }

        var parts = header.Split(',').Select(part => part.Trim(' ', '\t')).ToList();
        var times = parts.Where(part => part.StartsWith("t=", StringComparison.Ordinal)).Select(part => part[2..]).ToList();
        var signatures = parts.Where(part => part.StartsWith("v1=", StringComparison.Ordinal)).Select(part => part[3..]).ToList();
        if (header.Length > 2_048 || times.Count is not 1 || !Seconds().IsMatch(times[0])
            || signatures.Count is 0 or > 16 || !signatures.TrueForAll(Sha256().IsMatch))
        {
            return WebhookVerdict.SignatureMalformed;
        }

        var time = long.Parse(times[0], CultureInfo.InvariantCulture);
        return time > 253_402_300_799 ? WebhookVerdict.SignatureMalformed
            : Math.Abs(time - Signed.Now) > 300 ? WebhookVerdict.TimestampOutsideTolerance
            : signatures.Contains(Signed.Hex(Signed.Body, Signed.Secret, times[0]), StringComparer.OrdinalIgnoreCase) ? WebhookVerdict.Valid
            : WebhookVerdict.NoSignatureMatches;
    }

    private static string Header(Random random)
    {
        var parts = new List<string>();
        if (random.Next(20) > 0)
        {
            parts.Add("t=" + Time(random));
        }

        for (var more = random.Next(random.Next(30) is 0 ? 24 : 3); more >= 0; more--)
        {
            parts.Add("v1=" + Signature(random));
        }

        for (var more = random.Next(5) - 2; more > 0; more--)
        {
            parts.Add(Oddity(random));
        }

        var shuffled = parts.ToArray();
        random.Shuffle(shuffled);
        var header = string.Join(',', shuffled.Select(part => random.Next(12) is 0 ? Blank(random) + part + Blank(random) : part));
        return random.Next(10) is 0 ? Spoilt(header, random) : header;
    }

    private static string Time(Random random) => random.Next(28) switch
    {
        < 21 => $"{Signed.Now}",
        < 23 => $"{Signed.Now + random.Next(-305, 306)}",
        23 => $"{random.NextInt64(0, 253_402_300_900)}",
        24 => $"0{Signed.Now}",
        25 => $"{random.NextInt64(long.MinValue, long.MaxValue)}",
        26 => new string('9', random.Next(30)),
        _ => Pick(random, "", "+1", "1.5", "0x1", "１７", " 1", "1e9", "\u0661", "NaN"),
    };

    private static string Signature(Random random) => random.Next(24) switch
    {
        < 6 => s_right,
        6 => s_right.ToUpperInvariant(),
        < 10 => Signed.Hex(Signed.Body, Signed.OldSecret, $"{Signed.Now}"),
        < 13 => Signed.Hex(Signed.Body, Signed.Secret, $"0{Signed.Now}"),
        13 => s_right[random.Next(64)..],
        14 => s_right + random.Next(10),
        15 => s_right[..63] + (char)random.Next(0x300),
        _ => Convert.ToHexString(Bytes(random, 32)),
    };

    private static string Oddity(Random random) => random.Next(40) is 0 ? new string('x', random.Next(2_500)) : Pick(
        random, "", " ", "v0=1",
        "v2=" + s_right, "t", "v1", "T=1", "V1=" + s_right, $"t={Signed.Now}", "t=", "v1=", "=", "a=b=c", "t =1", "v1 =" + s_right, "\u00a0", "\ud800", "\0");

    private static string Spoilt(string header, Random random)
    {
        var at = random.Next(header.Length + 1);
        return random.Next(3) switch
        {
            0 => header.Insert(at, ((char)random.Next(0x3000)).ToString()),
            1 => header[..at],
            _ => at < header.Length ? header.Remove(at, 1) : header,
        };
    }

    private static string Blank(Random random) => Pick(random, " ", "\t", "  ", "\n", "\u00a0");

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    [GeneratedRegex(@"\A[0-9]{1,12}\z")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\A[0-9a-fA-F]{64}\z")]
    private static partial Regex Sha256();
}
