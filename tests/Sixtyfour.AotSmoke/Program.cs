using System.ComponentModel;
using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour;

// Exercises the client where nothing can be made at run time: published native, then run. Ends with 0 when every answer was read.
var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sixtyfour:ApiKey", "sk_smoke"), new("Sixtyfour:Retry:MaxRetries", "2")]).Build();
var services = new ServiceCollection();
services.AddSixtyfour(configuration.GetSection("Sixtyfour")).ConfigurePrimaryHttpMessageHandler(() => new Service());
services.AddSixtyfour(options => options.TypeInfoResolver = SmokeJson.Default);
await using var provider = services.BuildServiceProvider();
var leads = provider.GetRequiredService<ILeadsClient>();
var lead = new LeadInfo { Name = "Nadia Okafor", Company = "Example Robotics" };

var now = await leads.EnrichAsync<Engineer>(lead);
Check(now.Data, new("VP Engineering", 14, Level.Senior, ["C#", "Go"]));

var job = await leads.StartAsync<Engineer>(lead, new() { Tier = Tier.Low });
Check((await job.WaitAsync()).Data, now.Data);

var untyped = await leads.EnrichAsync(lead, new() { ["title"] = "Job title", ["years"] = StructField.Int("Years") });
Check(untyped["years"].AsInt32(), 14);
Console.WriteLine($"{now.Data.Title}, {now.Data.Years} years, {now.Issues.Count} repaired: all as it should be.");
return 0;

static void Check<T>(T seen, T expected)
{
    if (!EqualityComparer<string>.Default.Equals(seen?.ToString(), expected?.ToString()))
    {
        throw new InvalidOperationException($"Expected {expected}, saw {seen}.");
    }
}

internal enum Level
{
    Junior,
    Senior,
}

internal sealed record Engineer([property: Description("Job title")] string? Title, int? Years, Level? Level, IReadOnlyList<string>? Languages)
{
    public override string ToString() => $"{Title}|{Years}|{Level}|{string.Join(",", Languages ?? [])}";
}

[JsonSerializable(typeof(Engineer))]
internal sealed partial class SmokeJson : JsonSerializerContext;

internal sealed class Service : HttpMessageHandler
{
    private const string Result =
        """{"notes":"","structured_data":{"title":"VP Engineering","years":"14","level":"senior","languages":"['C#', 'Go']"},"findings":[],"references":{}}""";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.ReadAsStringAsync(cancellationToken);
        }

        var body = request.RequestUri!.AbsolutePath switch
        {
            "/enrich-lead" => Result,
            "/enrich-lead-async" => """{"task_id":"job-1","status":"pending"}""",
            _ => $$"""{"status":"completed","result":{{Result}}}""",
        };
        return new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
