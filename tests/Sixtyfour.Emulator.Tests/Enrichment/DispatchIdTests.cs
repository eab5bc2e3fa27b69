using System.Net;

namespace Sixtyfour.Emulator.Tests.Enrichment;

public sealed class DispatchIdTests
{
    private const string People = "/people-intelligence-async";

    [Fact]
    public async Task A_start_under_the_same_id_answers_with_the_job_that_exists_and_is_charged_once()
    {
        await using var wire = await Wire.StartOnManualClockAsync();

        var first = await wire.StartJobAsync(People, Asked("12345678"));
        wire.Emulator.Advance(TimeSpan.FromHours(30));
        var second = await wire.StartJobAsync(People, Asked("12345678"));
        var other = await wire.StartJobAsync(People, Asked("12345679"));

        second.Should().Be(first);
        other.Should().NotBe(first);
        (wire.Emulator.Jobs.Count, wire.Emulator.ChargedCents).Should().Be((2, 20));
    }

    [Fact]
    public async Task The_content_of_a_repeat_does_not_matter()
    {
        await using var wire = await Wire.StartAsync();

        var first = await wire.StartJobAsync(People, Asked("12345678"));
        var second = await wire.StartJobAsync(People, Asked("12345678", """{"name": "Somebody Else"}"""));

        second.Should().Be(first);
    }

    [Fact]
    public async Task Of_many_starts_at_once_one_begins()
    {
        await using var wire = await Wire.StartAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => wire.StartJobAsync(People, Asked("12345678"))));

        ids.Distinct().Should().ContainSingle();
        wire.Emulator.ChargedCents.Should().Be(10);
    }

    [Fact]
    public async Task An_id_belongs_to_the_organization_and_not_to_a_key()
    {
        await using var wire = await Wire.StartAsync(options => options.OtherApiKeys.Add("second"));
        var first = await wire.StartJobAsync(People, Asked("12345678"));
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        wire.Http.DefaultRequestHeaders.Add("x-api-key", "second");

        (await wire.StartJobAsync(People, Asked("12345678"))).Should().Be(first);
    }

    [Fact]
    public async Task An_id_whose_start_was_refused_is_free_again()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCents = 0);
        (await wire.PostAsync(People, Asked("12345678"))).StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        wire.Emulator.BalanceCents = 10;

        (await wire.PostAsync(People, Asked("12345678"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task At_the_older_path_an_id_counts_only_where_that_is_switched_on(bool isHonored, int jobs)
    {
        await using var wire = await Wire.StartAsync(options => options.LeadsHonorDispatchIds = isHonored);

        await wire.StartJobAsync("/enrich-lead-async", Asked("12345678"));
        await wire.StartJobAsync("/enrich-lead-async", Asked("12345678"));

        wire.Emulator.Jobs.Should().HaveCount(jobs);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(129)]
    public async Task An_id_of_another_length_is_refused(int length)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.PostAsync(People, Asked(new string('x', length)))).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_lost_answer_can_be_asked_for_again()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.LosesTheAnswer(), People);

        await wire.Invoking(it => it.PostAsync(People, Asked("12345678"))).Should().ThrowAsync<HttpRequestException>();
        var id = await wire.StartJobAsync(People, Asked("12345678"));

        wire.Emulator.Jobs.Should().ContainSingle().Which.Id.Should().Be(id);
    }

    [Fact]
    public async Task Unknown_members_are_named_at_the_listed_paths_and_only_there()
    {
        await using var wire = await Wire.StartAsync();
        var asked = Wire.Enrichment(more: "\"budget\": 500, \"max_credits\": 250, \"lead_infos\": {}");

        (await wire.AnswerAsync(People, asked))["unrecognized_fields"]!.ToJsonString().Should().Be("""["budget","lead_infos"]""");
        (await wire.AnswerAsync(People, Wire.Enrichment())).ContainsKey("unrecognized_fields").Should().BeFalse();
        (await wire.AnswerAsync("/enrich-lead-async", asked)).ContainsKey("unrecognized_fields").Should().BeFalse();
        (await wire.AnswerAsync(
            "/company-intelligence-async", """{"target_company": {"name": "A"}, "struct": {"a": "A"}, "dispatch_id": "12345678"}"""))["unrecognized_fields"]!
            .ToJsonString().Should().Be("""["dispatch_id"]""");
    }

    [Fact]
    public async Task The_largest_tier_runs_in_an_investigation_that_can_be_had_alone()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.HighTierEnabled = true);
        var first = await wire.AnswerAsync(People, Wire.Enrichment(more: "\"tier\": \"xhigh\", \"max_credits\": 300"));
        var investigation = (string)first["investigation"]!["id"]!;
        wire.Emulator.ChargedCents.Should().Be(5000, "300 credits are two units of 250");
        string Again(string more) => Wire.Enrichment(more: $"\"tier\": \"xhigh\", \"investigation_id\": \"{investigation}\"{more}");

        (await wire.PostAsync(People, Again(", \"exclusive_run\": true"))).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await wire.PostAsync(People, Again(""))).StatusCode.Should().Be(HttpStatusCode.OK);
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        (await wire.PostAsync(People, Again(", \"exclusive_run\": true"))).StatusCode.Should().Be(HttpStatusCode.OK);
        ((string)(await wire.PollAsync((string)first["task_id"]!))["investigation"]!["id"]!).Should().Be(investigation);
    }

    [Fact]
    public async Task A_struct_can_be_required()
    {
        await using var wire = await Wire.StartAsync(options => options.RequiresStruct = true);

        (await wire.PostAsync("/enrich-lead", $$"""{"lead_info": {{Wire.Nadia}}}""")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    private static string Asked(string id, string lead = Wire.Nadia) => Wire.Enrichment(lead, more: $"\"dispatch_id\": \"{id}\"");
}
