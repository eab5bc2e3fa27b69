using System.Net;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;

namespace Sixtyfour.Tests.Leads;

public sealed class ManyCallsTests
{
    private const string Answer = """{"structured_data": {"title": "VP"}, "notes": "", "findings": [], "references": {}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_thousand_calls_of_minutes_run_at_five_hundred_a_minute()
    {
        var clock = new FakeClock();
        var arrivals = new List<DateTimeOffset>();
        using var service = new Slow(clock, arrivals);
        using var client = TestClients.Create(service, clock);
        var begun = clock.GetUtcNow();

        await clock.RunAsync(Task.Run(
            () => Task.WhenAll(Enumerable.Range(0, 5_000).Select(i =>
                client.Leads.EnrichAsync(new() { Name = $"person {i}" }, new EnrichmentStruct { ["title"] = "Job title" }, null, cancellationToken: Token))),
            Token));

        arrivals.Sort();
        arrivals.Should().HaveCount(5_000);
        for (var i = 500; i < arrivals.Count; i++)
        {
            (arrivals[i] - arrivals[i - 500]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
        }

        // Ten windows of 500, each slot held 5 seconds longer because the answer comes late, and a slow start.
        (arrivals[^1] - begun).Should().BeLessThan(TimeSpan.FromMinutes(11));
        clock.ActiveTimers.Should().Be(0);
    }

    private sealed class Slow(FakeClock clock, List<DateTimeOffset> arrivals) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.ReadAsStringAsync(cancellationToken);
            lock (arrivals)
            {
                arrivals.Add(clock.GetUtcNow());
            }

            await Task.Delay(TimeSpan.FromMinutes(2.5), clock, cancellationToken);
            return ScriptedHandler.Response(HttpStatusCode.OK, Answer);
        }
    }
}
