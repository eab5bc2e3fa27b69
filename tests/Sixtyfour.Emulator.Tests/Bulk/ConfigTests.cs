using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Bulk;

public sealed class ConfigTests
{
    [Fact]
    public async Task People_need_no_struct_and_come_back_as_they_were()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.EnrichedAsync("name\nA\n", config: "{}")).Should().Be("name\nA\n");
    }

    [Fact]
    public async Task Only_the_chosen_columns_are_used()
    {
        await using var wire = await Wire.StartAsync(options => options.PassThroughShare = 0);
        var seen = "";
        wire.Emulator.Answer(BulkWire.People, row =>
        {
            seen = row.ToJsonString();
            return new() { ["title"] = "T" };
        });

        (await wire.EnrichedAsync("name,note,company\nA,secret,B\n", config: """{"struct": {"title": "t"}, "columns": ["company", "name"]}"""))
            .Should().Be("company,name,title\nB,A,T\n");

        seen.Should().NotContain("secret");
        (await wire.UploadAsync(config: """{"columns": ["salary"]}""")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Each_stage_leaves_a_file_in_each_wanted_format()
    {
        await using var wire = await Wire.StartAsync();
        var submitted = await wire.SubmitAsync("name\nA\nB\n", config: """{"result_formats": ["ndjson"], "save_json": true}""");

        var files = await wire.FilesAsync(submitted);

        files.Select(file => ((int)file["block_number"]!, (string)file["filename"]!))
            .Should().Equal((1, "input.ndjson"), (1, "input.json"), (2, "enriched.ndjson"), (2, "enriched.json"));
        (await BulkWire.TextOf(await wire.DownloadAsync(files[2]))).Should().Be("{\"name\":\"A\"}\n{\"name\":\"B\"}\n");
        (await BulkWire.TextOf(await wire.DownloadAsync(files[3]))).Should().Be("""[{"name":"A"},{"name":"B"}]""");
        (await wire.UploadAsync(config: """{"result_formats": ["parquet"]}""")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Companies_can_bring_their_people()
    {
        await using var wire = await Wire.StartAsync();
        var submitted = await wire.SubmitAsync(
            "company_name\nExample Robotics\n",
            path: BulkWire.Companies, config: """{"struct": {"industry": "Industry"}, "find_people": true, "lead_struct": {"title": "Job title"}}""");

        var row = (await wire.FilesAsync(submitted))[^1]["results"]![0]!;

        row.AsObject().Select(cell => cell.Key).Should().Equal("company_name", "industry", "leads");
        ((string)row["leads"]![0]!["title"]!).Should().Be("VP Engineering");
        (await wire.UploadAsync(path: BulkWire.Companies, config: "{}")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Progress_stands_in_the_poll_while_the_rows_are_researched()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = (string)(await wire.SubmitAsync("name\n" + string.Concat(Enumerable.Repeat("A\n", 100))))["task_id"]!;
        wire.Emulator.Advance(TimeSpan.FromMinutes(2));

        (await wire.PollAsync(id))["progress"]!.ToJsonString().Should().Be("""{"completed":47,"total":100}""");
        wire.Emulator.Advance(TimeSpan.FromMinutes(2));
        (await wire.PollAsync(id)).ContainsKey("progress").Should().BeFalse();
    }

    [Fact]
    public async Task Money_comes_in_cents_or_in_credits()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCredits = 12.5m);
        var submitted = await wire.SubmitAsync(path: BulkWire.People + "?cost_units=credits");
        var id = (string)submitted["task_id"]!;

        ((decimal)submitted["estimated_cost_credits"]!, submitted.ContainsKey("estimated_cost_cents")).Should().Be((3, false));
        var done = await wire.PollAsync(id + "?cost_units=credits");
        ((decimal)done["charge_credits"]!, done.ContainsKey("charge_amount")).Should().Be((3, false));
        ((decimal)(await wire.PollAsync(id))["charge_amount"]!).Should().Be(30);
        ((decimal)(await Wire.JsonOf(await wire.GetAsync("/check-balance")))["credits"]!).Should().Be(9.5m);
        JsonNode.Parse(await BulkWire.TextOf(await wire.UploadAsync(path: BulkWire.People + "?cost_units=euros")))!["detail"]![0]!["loc"]!.ToJsonString()
            .Should().Be("""["query","cost_units"]""");
    }
}
