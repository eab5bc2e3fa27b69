using System.Diagnostics;
using Sixtyfour.IntegrationTests.Support;

namespace Sixtyfour.IntegrationTests.Http;

/// <summary>What travels beside a request: the trace context where you allow it, and never the baggage of the application.</summary>
public sealed class TracingTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Baggage_stays_at_home_and_the_trace_context_travels_unless_switched_off(bool sendsTraceContext, bool ownHandler)
    {
        await using var server = await RecordingServer.StartAsync();
        using var handler = ownHandler ? new SocketsHttpHandler() : null;
        using var sixtyfour = new SixtyfourClient("sk_test", new() { Endpoint = server.Address, SendTraceContext = sendsTraceContext }, handler);
        using var activity = new Activity("the application's").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("customer", "Nadia Okafor").Start();

        await sixtyfour.Leads.StartAsync(Api.Nadia, Api.Title, cancellationToken: TestContext.Current.CancellationToken);

        var headers = server.Received.Should().ContainSingle().Which.Headers;
        headers.ContainsKey("traceparent").Should().Be(sendsTraceContext);
        headers.Keys.Should().NotContain(["baggage", "Correlation-Context"]);
    }
}
