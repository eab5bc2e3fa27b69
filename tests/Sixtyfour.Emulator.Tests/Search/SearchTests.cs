using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Search;

public sealed class SearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_follow_each_other_to_the_end_and_each_tells_its_charge()
    {
        await using var wire = await Wire.StartAsync();

        var pages = await PagesAsync(wire, """{"query": "heads of data", "mode": "people", "page_size": 10}""");

        pages.Select(page => (int)page["page_count"]!).Should().Equal(10, 10, 5);
        pages.Select(page => (decimal)page["charge_credits"]!).Should().Equal(1, 1, 0.5m);
        pages.Select(page => (bool)page["has_more"]!).Should().Equal(true, true, false);
        pages.SelectMany(page => page["results"]!.AsArray()).Select(row => (string)row!["entity_id"]!).Should().OnlyHaveUniqueItems().And.HaveCount(25);
        wire.Emulator.ChargedCents.Should().Be(25);
        wire.Emulator.BalanceCents.Should().Be(100_000 - 25);
    }

    [Fact]
    public async Task A_page_may_be_empty_before_the_end()
    {
        await using var wire = await Wire.StartAsync(options => options.EmptySearchPageEvery = 2);

        var pages = await PagesAsync(wire, """{"query": "a", "page_size": 10}""");

        pages.Select(page => (int)page["page_count"]!).Should().Equal(10, 0, 10, 0, 5);
        pages[1]["has_more"]!.GetValue<bool>().Should().BeTrue();
        wire.Emulator.ChargedCents.Should().Be(25);
    }

    [Fact]
    public async Task A_page_that_is_asked_for_again_is_the_same_and_charged_again()
    {
        await using var wire = await Wire.StartAsync();
        var first = await wire.AnswerAsync("/search/query", """{"query": "a"}""");
        var next = $$"""{"cursor": "{{first["next_cursor"]}}"}""";

        var one = await wire.AnswerAsync("/search/query", next);
        var other = await wire.AnswerAsync("/search/query", next);

        other["results"]!.ToJsonString().Should().Be(one["results"]!.ToJsonString());
        wire.Emulator.ChargedCents.Should().Be(30);
    }

    [Fact]
    public async Task A_cursor_lives_a_quarter_of_an_hour()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var first = await wire.AnswerAsync("/search/query", """{"query": "a"}""");
        wire.Emulator.Advance(TimeSpan.FromMinutes(15));

        (await wire.PostAsync("/search/query", $$"""{"cursor": "{{first["next_cursor"]}}"}""")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_number_of_rows_and_a_ceiling_can_be_chosen()
    {
        await using var wire = await Wire.StartAsync(options => (options.SearchResultCount, options.SearchMaxResults) = (40, 30));

        var page = await wire.AnswerAsync("/search/query", """{"query": "a", "page_size": 100, "max_results": 12}""");
        var most = await wire.AnswerAsync("/search/query", """{"query": "a", "page_size": 100}""");

        ((int)page["page_count"]!, (int)page["max_results"]!).Should().Be((12, 12));
        ((int)most["page_count"]!).Should().Be(30);
        ((int)(await Wire.JsonOf(await wire.GetAsync("/search/limits")))["max_results"]!).Should().Be(30);
        (await wire.PostAsync("/search/query", """{"query": "a", "max_results": 31}""")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_test_decides_what_is_in_a_row()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Answer("/search/query", row => new() { ["employees_count"] = 7 });

        var page = await wire.AnswerAsync("/search/query", """{"filters": {}, "page_size": 1}""");

        page["results"]![0]!["employees_count"]!.GetValue<int>().Should().Be(7);
        ((string)page["results"]![0]!["company_name"]!).Should().Be("Example Robotics");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"query": "a", "search_id": "b"}""")]
    [InlineData("""{"query": "a", "cursor": "b"}""")]
    public async Task A_query_has_one_source(string body)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.PostAsync("/search/query", body)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Excluded_rows_are_left_out_on_every_page_but_not_when_the_search_is_asked_again()
    {
        await using var wire = await Wire.StartAsync();
        var list = await wire.AnswerAsync(
            "/search/exclusion-lists",
            """{"name": "Ours", "entity_type": "company", "source": {"type": "entity_ids", "entity_ids": ["1", """
                + """ "https://www.linkedin.com/company/company-002-example", "1"]}}""");
        var ready = await Wire.JsonOf(await wire.GetAsync($"/search/exclusion-lists/{list["id"]}"));

        var pages = await PagesAsync(wire, $$"""{"query": "a", "page_size": 20, "exclude_list_ids": ["{{list["id"]}}"], "exclude_entity_ids": ["3"]}""");
        var again = await PagesAsync(wire, $$"""{"search_id": "{{pages[0]["search_id"]}}", "page_size": 100}""");

        ((string)ready["status"]!, (int)ready["size"]!).Should().Be(("ready", 2));
        pages.SelectMany(page => page["results"]!.AsArray()).Select(row => (string)row!["entity_id"]!).Should().HaveCount(22).And.NotContain(["1", "2", "3"]);
        again.Single()["results"]!.AsArray().Should().HaveCount(25);
    }

    [Fact]
    public async Task A_list_is_built_in_the_background_from_ids_or_a_search_and_can_be_deleted()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var search = await wire.AnswerAsync("/search/query", """{"query": "a"}""");
        var list = await wire.AnswerAsync(
            "/search/exclusion-lists", $$$"""{"source": {"type": "search_id", "search_id": "{{{search["search_id"]}}}", "max_results": 5}}""");
        var path = $"/search/exclusion-lists/{list["id"]}";

        ((string)(await Wire.JsonOf(await wire.GetAsync(path)))["status"]!).Should().Be("pending");
        wire.Emulator.Advance(TimeSpan.FromSeconds(3));
        ((string)(await Wire.JsonOf(await wire.GetAsync(path)))["status"]!).Should().Be("materializing");
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        var done = await Wire.JsonOf(await wire.GetAsync(path));
        ((string)done["status"]!, (int)done["size"]!).Should().Be(("ready", 5));
        (await wire.Http.DeleteAsync(new Uri(path, UriKind.Relative), Token)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wire.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_deep_search_ends_with_a_file_of_rows_that_were_charged()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var started = await wire.AnswerAsync("/search/start-deep-search", """{"query": "heads of data", "max_results": 3}""");
        var path = $"/search/status/{started["task_id"]}";

        ((string)started["status"]!).Should().Be("queued");
        wire.Emulator.Advance(TimeSpan.FromMinutes(1));
        ((string)(await Wire.JsonOf(await wire.GetAsync(path)))["status"]!).Should().Be("running");
        wire.Emulator.Advance(TimeSpan.FromMinutes(3));
        var done = await Wire.JsonOf(await wire.GetAsync(path));
        var link = await Wire.JsonOf(await wire.GetAsync($"/search/download?resource_handle_id={done["resource_handle_id"]}"));
        var csv = await wire.Http.GetStringAsync(new Uri((string)link["url"]!), Token);

        ((string)done["status"]!, (int)done["total_results"]!).Should().Be(("completed", 3));
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should().HaveCount(4).And.Contain(line => line.Contains("Nadia Okafor", StringComparison.Ordinal));
        wire.Emulator.ChargedCents.Should().Be(3);
        ((string)(await wire.AnswerAsync("/search/query", $$"""{"search_id": "{{done["search_id"]}}"}"""))["results"]![0]!["full_name"]!)
            .Should().Be("Nadia Okafor");
    }

    [Fact]
    public async Task A_deep_search_under_a_search_id_of_ones_own_starts_once()
    {
        await using var wire = await Wire.StartAsync();
        const string Asked = """{"query": "a", "search_id": "mine"}""";

        var first = await wire.AnswerAsync("/search/start-deep-search", Asked);
        var second = await wire.AnswerAsync("/search/start-deep-search", Asked);

        ((string)second["task_id"]!).Should().Be((string)first["task_id"]!);
        wire.Emulator.ChargedCents.Should().Be(25);
    }

    [Fact]
    public async Task Five_deep_searches_run_at_once_and_no_more()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add((await wire.PostAsync("/search/start-deep-search", """{"query": "a"}""")).StatusCode);
        }

        statuses[..5].Should().OnlyContain(status => status == HttpStatusCode.OK);
        statuses[5].Should().Be(HttpStatusCode.TooManyRequests);
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        (await wire.PostAsync("/search/start-deep-search", """{"query": "a"}""")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deep_search_that_fails_says_why_and_costs_nothing()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("no index"), "/search/start-deep-search");
        var started = await wire.AnswerAsync("/search/start-deep-search", """{"query": "a"}""");

        var done = await Wire.JsonOf(await wire.GetAsync($"/search/deep-search-status/{started["task_id"]}"));

        ((string)done["status"]!, (string)done["error"]!).Should().Be(("failed", "no index"));
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Fact]
    public async Task One_export_of_a_search_runs_at_a_time()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var search = await wire.AnswerAsync("/search/query", """{"query": "a"}""");
        var asked = $$"""{"search_id": "{{search["search_id"]}}"}""";

        (await wire.PostAsync("/search/export", asked)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wire.PostAsync("/search/export", asked)).StatusCode.Should().Be(HttpStatusCode.Conflict);
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        (await wire.PostAsync("/search/export", asked)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_lookalike_search_is_prepared_and_then_read_by_its_id()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var response = await wire.PostAsync(
            "/search/lookalike", """{"linkedin_urls": ["https://www.linkedin.com/in/a", "https://www.linkedin.com/in/a", "https://www.linkedin.com/in/b"]}""");
        var started = await Wire.JsonOf(response);

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (started["seed_diagnostics"]!["supplied"]!.GetValue<int>(), started["seed_diagnostics"]!["resolved"]!.GetValue<int>()).Should().Be((3, 2));
        wire.Emulator.Advance(TimeSpan.FromMinutes(4));
        var done = await Wire.JsonOf(await wire.GetAsync($"/search/lookalike/{started["task_id"]}?include_analysis=false"));
        ((string)done["status"]!).Should().Be("completed");
        done["filters"].Should().NotBeNull();
        done["analysis"].Should().BeNull();
        ((string)(await wire.AnswerAsync("/search/query", $$"""{"search_id": "{{started["search_id"]}}"}"""))["results"]![0]!["full_name"]!)
            .Should().Be("Nadia Okafor");
    }

    [Fact]
    public async Task The_capabilities_tell_the_price_of_a_row()
    {
        await using var wire = await Wire.StartAsync(options => options.PricesCents["search_row"] = 2);

        var people = await Wire.JsonOf(await wire.GetAsync("/search/filter-capabilities?mode=people"));

        people["price_per_result_credits"]!.GetValue<decimal>().Should().Be(0.2m);
        people["fields"]!.AsArray().Select(field => (string)field!["field"]!).Should().Contain("job_title");
    }

    [Fact]
    public async Task A_lost_page_is_charged()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.LosesTheAnswer(), "/search/query");

        await wire.Invoking(it => it.PostAsync("/search/query", """{"query": "a"}""")).Should().ThrowAsync<HttpRequestException>();

        wire.Emulator.ChargedCents.Should().Be(10);
    }

    private static async Task<List<JsonObject>> PagesAsync(Wire wire, string body)
    {
        var pages = new List<JsonObject> { await wire.AnswerAsync("/search/query", body) };
        while ((string?)pages[^1]["next_cursor"] is { } cursor)
        {
            pages.Add(await wire.AnswerAsync("/search/query", $$"""{"cursor": "{{cursor}}"}"""));
        }

        return pages;
    }
}
