using Sixtyfour;

namespace Quickstart;

/// <summary>A line of <c>leads.csv</c>.</summary>
internal sealed record Lead(string Name, string Company, string CompanyDomain)
{
    public LeadInfo ToLeadInfo() => new() { Name = Name, Company = Company, CompanyDomain = CompanyDomain };
}

internal static class LeadFile
{
    private const string Header = "name,company,company_domain";

    /// <summary>Reads the file beside the program.</summary>
    public static async Task<IReadOnlyList<Lead>> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "leads.csv"), cancellationToken);
        return lines is [Header, .. var rows]
            ? [.. rows.Where(row => row.Length > 0).Select(Parse)]
            : throw new IOException($"leads.csv must begin with the line '{Header}'.");
    }

    // A split will do because the file is ours: no field holds a comma or a quote. Files of others need a CSV reader.
    private static Lead Parse(string row) =>
        row.Split(',') is [var name, var company, var domain]
            ? new(name, company, domain)
            : throw new IOException($"leads.csv: '{row}' must have three columns.");
}
