namespace Sixtyfour;

/// <summary>How a person is researched.</summary>
public class LeadOptions : EnrichmentOptions;

/// <summary>How the research of a person is started as a job.</summary>
public sealed class LeadStartOptions : LeadOptions
{
    /// <summary>Where the service reports the end of the job: an absolute https address of at most 2,083 characters.</summary>
    /// <value><see langword="null"/>: <see cref="SixtyfourClientOptions.WebhookUrl"/>, if any.</value>
    public Uri? WebhookUrl { get; set; }

    internal override Uri? StartWebhookUrl => WebhookUrl;
}
