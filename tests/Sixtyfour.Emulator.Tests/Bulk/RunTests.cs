using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Bulk;

public sealed class RunTests
{
    [Fact]
    public async Task The_run_time_grows_with_the_rows()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.RunTimePerRow = TimeSpan.FromSeconds(10));

        await wire.SubmitAsync();

        wire.Emulator.Jobs.Single().RunTime.Should().Be(TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_live_status_tells_the_stages()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = (string)(await wire.SubmitAsync("name\n" + string.Concat(Enumerable.Repeat("A\n", 100))))["task_id"]!;

        (await StagesAsync(wire, id)).Should().Equal(("read_file", "running", 0), ("lead_enrichment", "pending", 0));

        wire.Emulator.Advance(TimeSpan.FromMinutes(2));
        (await StagesAsync(wire, id)).Should().Equal(("read_file", "completed", 100), ("lead_enrichment", "running", 47));
        (await wire.PollAsync(id))["status"]!.GetValue<string>().Should().Be("running");

        wire.Emulator.Advance(TimeSpan.FromMinutes(2));
        (await StagesAsync(wire, id)).Should().Equal(("read_file", "completed", 100), ("lead_enrichment", "completed", 100));
    }

    [Fact]
    public async Task A_finished_job_names_its_files_and_its_charge_and_no_result()
    {
        await using var wire = await Wire.StartAsync();

        var status = await wire.PollAsync((string)(await wire.SubmitAsync())["task_id"]!);

        status["status"]!.GetValue<string>().Should().Be("completed");
        status["charge_amount"]!.GetValue<int>().Should().Be(30);
        status.ContainsKey("result").Should().BeFalse();
        var files = status["results"]!.AsArray();
        files.Select(file => (int)file!["block_number"]!).Should().Equal(1, 2);
        files.Select(file => (string)file!["filename"]!).Should().Equal("input.csv", "enriched.csv");
        files.Should().OnlyContain(
            file => (int)file!["row_count"]! == 3 && (int)file["download_expires_in_seconds"]! == 900 && (string)file["content_type"]! == "text/csv");
    }

    [Fact]
    public async Task A_job_that_fails_has_no_files_and_costs_nothing()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.FailsTheJob("The file could not be processed"), BulkWire.People);

        var status = await wire.PollAsync((string)(await wire.SubmitAsync())["task_id"]!);

        status["status"]!.GetValue<string>().Should().Be("failed");
        status["error"]!.GetValue<string>().Should().Be("The file could not be processed");
        status.ContainsKey("results").Should().BeFalse();
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Theory]
    [InlineData("fail", "failed")]
    [InlineData("cancel", "cancelled")]
    public async Task A_job_that_is_ended_by_hand_is_given_back_and_stands_still(string verb, string status)
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var id = (string)(await wire.SubmitAsync("name\n" + string.Concat(Enumerable.Repeat("A\n", 100))))["task_id"]!;
        wire.Emulator.Advance(TimeSpan.FromMinutes(2));

        (await wire.AnswerAsync($"/_emulator/jobs/{id}/{verb}", ""))["rows"]!.GetValue<int>().Should().Be(100);
        wire.Emulator.Advance(TimeSpan.FromMinutes(10));

        wire.Emulator.ChargedCents.Should().Be(0);
        (await wire.PollAsync(id))["status"]!.GetValue<string>().Should().Be(status);
        (await wire.PollAsync(id)).ContainsKey("results").Should().BeFalse();
        (await StagesAsync(wire, id)).Should().Equal(("read_file", "completed", 100), ("lead_enrichment", status, 47));
    }

    [Fact]
    public async Task A_job_that_is_completed_by_hand_has_its_files_and_its_charge()
    {
        await using var wire = await Wire.StartOnManualClockAsync();
        var submitted = await wire.SubmitAsync();

        wire.Emulator.Jobs.Single().Complete();

        (await wire.FilesAsync(submitted)).Should().HaveCount(2);
        wire.Emulator.ChargedCents.Should().Be(30);
        (await StagesAsync(wire, (string)submitted["task_id"]!)).Should().Equal(("read_file", "completed", 3), ("lead_enrichment", "completed", 3));
    }

    [Fact]
    public async Task The_documented_form_of_the_status_names_files_and_charge_too()
    {
        await using var wire = await Wire.StartAsync(options => options.JobStatusForm = JobStatusForm.Documented);

        var status = await wire.PollAsync((string)(await wire.SubmitAsync())["task_id"]!);

        status["results"]!.AsArray().Should().HaveCount(2);
        status["charge_amount"]!.GetValue<int>().Should().Be(30);
    }

    [Fact]
    public async Task A_few_rows_of_megabytes_are_no_small_file()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.FilesAsync(await wire.SubmitAsync($"name,note\nA,{new string('x', 2_000_000)}\n"))).Should().OnlyContain(file => file["results"] == null);
    }

    [Fact]
    public async Task The_rows_of_a_small_file_stand_in_the_answer_as_well()
    {
        await using var wire = await Wire.StartAsync(options => options.PreviewRows = 3);

        var small = (await wire.FilesAsync(await wire.SubmitAsync()))[^1];
        var large = (await wire.FilesAsync(await wire.SubmitAsync(BulkWire.Csv + "Person 4,Company 4\n")))[^1];

        small["results"]!.AsArray().Select(row => (string)row!["name"]!).Should().Equal("Nadia Okafor", "Person 2", "Person 3");
        ((string)small["results"]![0]!["title"]!).Should().Be("VP Engineering");
        large["results"].Should().BeNull();
    }

    [Fact]
    public async Task The_same_rows_give_the_same_file()
    {
        await using var one = await Wire.StartAsync();
        await using var other = await Wire.StartAsync();

        (await one.EnrichedAsync(BulkWire.Csv)).Should().Be(await other.EnrichedAsync(BulkWire.Csv));
    }

    [Fact]
    public async Task The_files_are_made_once_however_many_ask()
    {
        await using var wire = await Wire.StartAsync(options => options.PassThroughShare = 0);
        var asked = 0;
        wire.Emulator.Answer(BulkWire.People, _ =>
        {
            Interlocked.Increment(ref asked);
            return null;
        });
        var submitted = await wire.SubmitAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => wire.FilesAsync(submitted)));

        answers.Should().OnlyContain(files => files.Count == 2);
        asked.Should().Be(3);
    }

    [Fact]
    public async Task A_job_that_nobody_asks_about_makes_no_files()
    {
        await using var wire = await Wire.StartAsync();
        var asked = false;
        wire.Emulator.Answer(BulkWire.People, _ =>
        {
            asked = true;
            return null;
        });

        var id = (string)(await wire.SubmitAsync())["task_id"]!;
        (await StagesAsync(wire, id)).Should().HaveCount(2);

        asked.Should().BeFalse();
    }

    [Fact]
    public async Task Rows_are_answered_as_a_test_says()
    {
        await using var wire = await Wire.StartAsync(options => options.PassThroughShare = 0);
        wire.Emulator.Answer(BulkWire.People, row => new JsonObject { ["title"] = $"Friend of {row["name"]}", ["years"] = 3, ["unasked"] = 1 });

        (await wire.EnrichedAsync("name\nA\n", config: """{"struct": {"title": "t", "years": {"type": "int"}}}"""))
            .Should().Be("name,title,years\nA,Friend of A,3\n");
    }

    private static async Task<IEnumerable<(string, string, int)>> StagesAsync(Wire wire, string id) =>
        (await Wire.JsonOf(await wire.GetAsync($"/workflows/runs/{id}/live_status")))["blocks"]!.AsArray()
            .Select(block => ((string)block!["block_name"]!, (string)block["status"]!, (int)block["processed_count"]!));
}
