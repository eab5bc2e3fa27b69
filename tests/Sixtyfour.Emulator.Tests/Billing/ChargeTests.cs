using System.Net;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Billing;

public class ChargeTests
{
    [Fact]
    public async Task A_call_at_low_costs_ten_cents_and_each_tier_has_its_price()
    {
        await using var wire = await Wire.StartAsync(options => options.HighTierEnabled = true);

        var charges = new List<decimal>();
        foreach (var more in new[] { "", "\"tier\": \"micro\"", "\"tier\": \"low\"", "\"tier\": \"medium\"", "\"tier\": \"high\"", "\"tier\": \"xhigh\"" })
        {
            var before = wire.Emulator.ChargedCents;
            await wire.PostAsync("/enrich-lead", Wire.Enrichment(more: more));
            charges.Add(wire.Emulator.ChargedCents - before);
        }

        charges.Should().Equal(10, 5, 10, 25, 100, 2500);
        wire.Emulator.BalanceCents.Should().Be(100_000 - 2650);
    }

    [Fact]
    public async Task Prices_can_be_changed_fractions_included()
    {
        await using var wire = await Wire.StartAsync(options => options.PricesCents["low"] = 12.5m);

        var done = await wire.PollAsync(await wire.StartJobAsync());

        done["charge_amount"]!.ToJsonString().Should().Be("12.5");
        wire.Emulator.Jobs.Single().ChargeCents.Should().Be(12.5m);
    }

    [Fact]
    public async Task A_call_that_costs_more_than_is_left_is_refused_and_costs_nothing()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCents = 15);

        var first = await wire.PostAsync("/enrich-lead-async", Wire.Enrichment());
        var second = await wire.PostAsync("/enrich-lead-async", Wire.Enrichment());

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        (await Wire.JsonOf(second)).ToJsonString().Should().Be("""{"error":"Payment Required","message":"Insufficient credits"}""");
        (wire.Emulator.ChargedCents, wire.Emulator.BalanceCents, wire.Emulator.Jobs.Count).Should().Be((10, 5, 1));
    }

    [Fact]
    public async Task The_account_can_be_topped_up()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCents = 0);
        wire.Emulator.BalanceCents = 10;

        (await wire.PostAsync("/enrich-lead", Wire.Enrichment())).StatusCode.Should().Be(HttpStatusCode.OK);
        wire.Emulator.BalanceCents.Should().Be(0);
    }

    [Fact]
    public async Task A_job_is_charged_when_it_is_accepted_and_given_back_when_it_fails()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no"), "/enrich-lead-async");
        await wire.StartJobAsync();

        wire.Emulator.ChargedCents.Should().Be(10);
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));

        wire.Emulator.ChargedCents.Should().Be(0);
        wire.Emulator.BalanceCents.Should().Be(100_000);
        wire.Emulator.Jobs.Single().ChargeCents.Should().Be(0);
    }

    [Fact]
    public async Task A_synchronous_call_that_its_caller_gave_up_is_charged_all_the_same()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        using var impatient = new CancellationTokenSource();
        var call = wire.Http.PostAsync(new Uri("/enrich-lead", UriKind.Relative), Wire.Json(Wire.Enrichment()), impatient.Token);
        await Eventually.TrueAsync(() => wire.Emulator.ChargedCents == 10);

        await impatient.CancelAsync();

        await call.Invoking(it => it).Should().ThrowAsync<OperationCanceledException>();
        wire.Emulator.Advance(TimeSpan.FromHours(1));
        wire.Emulator.ChargedCents.Should().Be(10);
        wire.Emulator.Requests.Should().ContainSingle().Which.StatusCode.Should().BeNull();
    }

    [Fact]
    public async Task Many_calls_at_once_never_spend_more_than_there_is()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCents = 105);

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => wire.PostAsync("/enrich-lead-async", Wire.Enrichment())));

        responses.Count(response => response.StatusCode is HttpStatusCode.OK).Should().Be(10);
        responses.Count(response => response.StatusCode is HttpStatusCode.PaymentRequired).Should().Be(90);
        (wire.Emulator.ChargedCents, wire.Emulator.BalanceCents).Should().Be((100, 5));
    }
}
