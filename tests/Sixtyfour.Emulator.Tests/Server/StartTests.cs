using System.Net;
using Sixtyfour.Emulator.Clocks;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Server;

public class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_default_it_listens_on_a_free_port_of_the_loopback_interface()
    {
        await using var one = await SixtyfourEmulator.StartAsync(cancellationToken: Token);
        await using var other = await SixtyfourEmulator.StartAsync(cancellationToken: Token);

        one.Endpoint.Host.Should().Be("127.0.0.1");
        one.Endpoint.Port.Should().NotBe(other.Endpoint.Port).And.NotBe(0);
        one.Clock.Should().BeSameAs(TimeProvider.System);
    }

    [Fact]
    public async Task It_can_listen_under_a_path()
    {
        await using var wire = await Wire.StartAsync(options => options.Url = new Uri("http://localhost:0/v1/"));

        wire.Emulator.Endpoint.AbsolutePath.Should().Be("/v1/");
        (await wire.PostAsync("/v1/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.NotFound);
        wire.Emulator.Requests[0].Path.Should().Be("/enrich-lead");
        (await wire.GetAsync("/v1/_emulator")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_can_listen_on_every_interface_and_still_names_an_address_that_works()
    {
        await using var wire = await Wire.StartAsync(options => options.Url = new Uri("http://0.0.0.0:0"));

        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_taken_port_is_an_error()
    {
        await using var first = await SixtyfourEmulator.StartAsync(cancellationToken: Token);

        await FluentActions.Awaiting(() => SixtyfourEmulator.StartAsync(options => options.Url = first.Endpoint, Token)).Should().ThrowAsync<IOException>();
    }

    public static TheoryData<Action<EmulatorOptions>, string> Nonsense => new()
    {
        { options => options.Url = new Uri("https://127.0.0.1:0"), "*http only*" },
        { options => options.TimeScale = 0, "TimeScale is 0*" },
        { options => options.TimeScale = double.NaN, "TimeScale is NaN*" },
        { options => (options.TimeScale, options.ManualClock) = (2, true), "Set one of*" },
        { options => (options.TimeProvider, options.ManualClock) = (TimeProvider.System, true), "Set one of*" },
        { options => options.ApiKey = " ", "ApiKey is empty*" },
        { options => options.RequestsPerMinute = 0, "RequestsPerMinute is 0*" },
        { options => options.NotFoundShare = 1.5, "NotFoundShare is 1.5*" },
        { options => options.MaxRecordedRequests = 0, "MaxRecordedRequests is 0*" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Options_that_make_no_sense_are_refused_with_a_sentence(Action<EmulatorOptions> configure, string message) =>
        await FluentActions.Awaiting(() => SixtyfourEmulator.StartAsync(configure, Token)).Should().ThrowAsync<ArgumentException>().WithMessage(message);

    [Fact]
    public async Task Disposing_it_ends_calls_that_are_still_open()
    {
        var wire = await Wire.StartOnManualClockAsync();
        var call = wire.PostAsync("/enrich-lead", Wire.Enrichment());
        await Eventually.TrueAsync(() => wire.Emulator.ChargedCents == 10);

        await wire.Emulator.DisposeAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<HttpRequestException>();
        await FluentActions.Awaiting(() => wire.GetAsync("/job-status/x")).Should().ThrowAsync<HttpRequestException>();
        wire.Http.Dispose();
    }

    [Fact]
    public async Task A_thousand_slow_calls_run_side_by_side()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RequestsPerMinute = null);
        var calls = Enumerable.Range(0, 1000).Select(_ => wire.PostAsync("/enrich-lead", Wire.Enrichment())).ToList();

        var responses = await wire.Emulator.AdvanceUntilAsync(Task.WhenAll(calls), Token);

        responses.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.OK);
        wire.Emulator.ConnectionsAccepted.Should().Be(1000);
        wire.Emulator.Clock.GetUtcNow().Should().Be(ManualClock.Start.AddMinutes(4));
    }

    [Fact]
    public async Task A_client_is_pointed_at_it_with_address_key_and_clock()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options => options.TimeScale = 100, Token);
        var options = new SixtyfourClientOptions();

        emulator.Configure(options);

        (options.Endpoint, options.ApiKey, options.TimeProvider).Should().Be((emulator.Endpoint, emulator.ApiKey, emulator.Clock));
        options.QuickAttemptTimeout.Should().Be(TimeSpan.FromSeconds(10_000), "100 seconds of real time are 10,000 on a clock that runs 100 times faster");
        options.TransferIdleTimeout.Should().Be(TimeSpan.FromSeconds(6_000));
        options.AgentTotalTimeout.Should().Be(TimeSpan.FromMinutes(2_000));
    }

    [Fact]
    public async Task Limits_stay_within_what_a_client_accepts()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options => options.TimeScale = 1_000_000, Token);
        using var client = emulator.CreateClient();
        var options = new SixtyfourClientOptions { TransferIdleTimeout = Timeout.InfiniteTimeSpan };

        emulator.Configure(options);

        options.AgentTotalTimeout.Should().Be(TimeSpan.FromDays(49), "no client takes a longer limit");
        options.TransferIdleTimeout.Should().Be(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public async Task Without_scaling_the_limits_of_a_client_are_left_alone()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options => options.ManualClock = true, Token);
        var options = new SixtyfourClientOptions();

        emulator.Configure(options);

        options.QuickAttemptTimeout.Should().Be(TimeSpan.FromSeconds(100));
    }
}
