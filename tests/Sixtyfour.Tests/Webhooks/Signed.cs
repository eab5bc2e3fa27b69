using System.Security.Cryptography;
using System.Text;
using Sixtyfour.Testing;

namespace Sixtyfour.Tests.Webhooks;

/// <summary>A delivery as the service signs it, worked out here a second time.</summary>
internal static class Signed
{
    public const string Secret = "sk_whsec_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    public const string OldSecret = "sk_whsec_ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

    public static byte[] Body { get; } =
        """
        { "task_id": "job-1", "status": "completed", "task_type": "enrich_lead",
          "result": { "notes": "n", "structured_data": { "title": "VP Engineering" } } }
        """u8.ToArray();

    public static FakeClock Clock { get; } = new();

    public static long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static string Hex(byte[] body, string secret, string timestamp) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(timestamp + "."), .. body]))
            .ToLowerInvariant();

    public static string Header(byte[]? body = null, string secret = Secret, long? time = null) =>
        $"t={time ?? Now},v1={Hex(body ?? Body, secret, $"{time ?? Now}")}";

    public static WebhookVerdict Verify(string? header, byte[]? body = null, params string[] secrets) =>
        SixtyfourWebhook.Verify(body ?? Body, header, secrets.Length > 0 ? secrets : [Secret], new() { TimeProvider = Clock });
}
