using System.Globalization;
using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Proxy;

namespace Sixtyfour.FaultCampaign;

/// <summary>The tables at the end.</summary>
internal sealed class Report(int seed, Campaign campaign, Service service)
{
    /// <returns>Whether nothing was found, and the account agrees with the books.</returns>
    public bool Print(TextWriter output, TimeSpan took)
    {
        var tally = campaign.Tally;
        var (faults, seconds) = (tally.Faults.Values.Sum(), took.TotalSeconds);
        Write(
            output,
            $"seed {seed}: {campaign.Cases} cases, {tally.Requests} requests, {faults} faults, {tally.Charges} paid calls, {tally.Kills} kills, {seconds:0} s");
        Table(output, "operation", campaign.Operations);
        Table(output, "fault", tally.Faults);
        Table(output, "told", campaign.Told);
        Verdicts(output);
        foreach (var kind in campaign.Findings.GroupBy(finding => finding.Signature).OrderByDescending(kind => kind.Count()))
        {
            Write(output, $"FOUND {kind.Count()} x {kind.Key}");
            Write(output,
                $"      again: dotnet run -c Release --project tests/Sixtyfour.FaultCampaign -- --seed {seed} --case {kind.Min(finding => finding.Case)}");
        }

        return AccountAgrees(output) && campaign.Findings.Count is 0;
    }

    private void Verdicts(TextWriter output)
    {
        Write(output, $"{"verdict",-24} found");
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            Write(output, $"{verdict,-24} {campaign.Findings.Count(finding => finding.Verdict == verdict)}");
        }
    }

    // Every charge of the service went through a proxy, so both must know the same.
    private bool AccountAgrees(TextWriter output)
    {
        var tally = campaign.Tally;
        var (cents, jobs) = (service.Emulator.ChargedCents, service.Emulator.Jobs.Select(job => job.Id).ToHashSet());
        var agrees = cents == tally.Cents && jobs.SetEquals(tally.Jobs);
        Write(output,
            $"account: {cents} cents and {jobs.Count} jobs; books: {tally.Cents} cents and {tally.Jobs.Count} jobs{(agrees ? "" : ": THEY DISAGREE")}");
        return agrees;
    }

    private static void Table(TextWriter output, string head, IReadOnlyDictionary<string, int> counts)
    {
        Write(output, $"{head,-84} count");
        foreach (var (name, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Write(output, $"{name,-84} {count}");
        }
    }

    private static void Write(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
