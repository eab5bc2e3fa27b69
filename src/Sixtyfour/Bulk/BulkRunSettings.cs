using System.Globalization;
using System.Text;
using Sixtyfour.Files;
using Sixtyfour.Http;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>What a run is about and what it works with.</summary>
internal sealed class BulkRunSettings(BulkCall call, FileFormat format)
{
    // A longer number is that of a file nobody will ever send.
    private const int LastFile = 99_999;

    /// <summary>What makes a run the same run, however often it is continued: kind, file type and configuration.</summary>
    public string Fingerprint { get; } = FingerprintOf(call, format);

    public BulkCall Call => call;

    public required TimeSpan KeyLifetime { get; init; }

    public required IProgress<BulkProgress>? Progress { get; init; }

    public required BulkLimits Limits { get; init; }

    public required BulkSender Sender { get; init; }

    public required IJobSource Jobs { get; init; }

    public required JsonContracts Contracts { get; init; }

    public required TimeProvider Clock { get; init; }

    public required Func<string> NewKey { get; init; }

    /// <summary>Refuses a key that has no room for the number of a file.</summary>
    public void CheckKey() => _ = call.IdempotencyKey is null ? null : Idempotency.Check(KeyOf(LastFile));

    /// <summary>The key of a file that is sent for the first time.</summary>
    public string KeyOf(int file) => call.IdempotencyKey is { } key ? $"{key}-{file.ToString("D5", CultureInfo.InvariantCulture)}" : NewKey();

    private static string FingerprintOf(BulkCall call, FileFormat format)
    {
        using var hash = Sha256.Begin();
        hash.AppendData(Encoding.UTF8.GetBytes($"{call.Kind.Route}\n{format}\n"));
        hash.AppendData(call.Config.ToArray());
        return Sha256.Text(hash);
    }
}
