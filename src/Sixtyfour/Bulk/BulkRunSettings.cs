using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Sixtyfour.Files;
using Sixtyfour.Jobs;
using Sixtyfour.Json;

namespace Sixtyfour.Bulk;

/// <summary>What a run sends and what it works with.</summary>
internal sealed class BulkRunSettings
{
    public required BulkCall Call { get; init; }

    /// <summary>Identifies the run, however often it is continued.</summary>
    public required string Fingerprint { get; init; }

    public required TimeSpan KeyLifetime { get; init; }

    public required IProgress<BulkProgress>? Progress { get; init; }

    public required BulkLimits Limits { get; init; }

    public required BulkSender Sender { get; init; }

    public required IJobSource Jobs { get; init; }

    public required JsonContracts Contracts { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Refuses what only a single submission obeys: the run has a ceiling and keys of its own.</summary>
    public static void Check(BulkOptions options)
    {
        var (key, maxCostCents) = options switch
        {
            BulkSubmitOptions people => (people.IdempotencyKey, people.MaxCostCents),
            CompanyBulkSubmitOptions companies => (companies.IdempotencyKey, companies.MaxCostCents),
            _ => default,
        };
        if (maxCostCents is not null)
        {
            throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0} is {1} in {2}, and a run has one ceiling for all its files: set {0} of the run.",
                    nameof(BulkSubmitOptions.MaxCostCents),
                    maxCostCents,
                    nameof(BulkRunOptions<>.Each)),
                nameof(options));
        }

        if (key is not null)
        {
            throw new ArgumentException(
                $"{nameof(BulkSubmitOptions.IdempotencyKey)} is '{key}' in {nameof(BulkRunOptions<>.Each)}, and each file of a run gets a key of its own.",
                nameof(options));
        }
    }

    /// <summary>A hash of the endpoint, the account that pays, the kind of research, the file type and the configuration.</summary>
    public static string FingerprintOf(BulkCall call, FileFormat format, Uri endpoint, string? account)
    {
        using var hash = Sha256.Begin();
        hash.AppendData(Encoding.UTF8.GetBytes($"{endpoint.AbsoluteUri.TrimEnd('/')}\n{account}\n{call.Kind.Route}\n{format}\n"));
        hash.AppendData(call.Config.ToArray());
        return Sha256.Text(hash);
    }
}
