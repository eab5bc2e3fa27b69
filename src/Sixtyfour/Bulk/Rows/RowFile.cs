namespace Sixtyfour.Bulk;

/// <summary>What an error says about the file it is about.</summary>
internal sealed record RowFile(string Name, string? JobId)
{
    public InvalidResponseException Invalid(string problem, Exception? inner = null) => new($"{Name}: {problem}", inner) { JobId = JobId };
}
