namespace Sixtyfour.Benchmarks.ManyJobs;

internal static class Plot
{
    public static string Draw(IReadOnlyList<CaseResult> results) => "";
}
