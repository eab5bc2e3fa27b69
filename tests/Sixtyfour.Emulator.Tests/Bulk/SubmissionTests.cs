using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Bulk;

public sealed class SubmissionTests
{
    [Theory]
    [InlineData(BulkWire.People, "bulk_people_intelligence")]
    [InlineData(BulkWire.Companies, "bulk_company_intelligence")]
    public async Task A_file_becomes_a_job_that_says_its_rows_and_its_estimate(string path, string taskType)
    {
        await using var wire = await Wire.StartAsync();

        var answer = await wire.SubmitAsync(path: path);

        answer["status"]!.GetValue<string>().Should().Be("RUNNING");
        answer["row_count"]!.GetValue<int>().Should().Be(3);
        answer["estimated_cost_cents"]!.GetValue<int>().Should().Be(30);
        answer.ContainsKey("already_started").Should().BeFalse();
        wire.Emulator.Jobs.Should().ContainSingle().Which.Should().Match<EmulatorJob>(job => job.Rows == 3 && job.Path == path && job.TaskType == taskType);
        wire.Emulator.ChargedCents.Should().Be(30);
    }

    [Theory]
    [InlineData("people.csv", "name\nA\nB\n")]
    [InlineData("PEOPLE.CSV", "name\r\nA\r\nB")]
    [InlineData("people.json", """[{"name": "A"}, {"name": "B"}]""")]
    [InlineData("people.jsonl", "{\"name\": \"A\"}\n\n{\"name\": \"B\"}")]
    [InlineData("people.ndjson", "{\"name\": \"A\"}\r\n{\"name\": \"B\"}\r\n")]
    public async Task All_four_file_types_are_read(string fileName, string content)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.SubmitAsync(content, fileName))["row_count"]!.GetValue<int>().Should().Be(2);
    }

    [Theory]
    [InlineData("people.txt", "name\nA\n", "file type")]
    [InlineData("people", "name\nA\n", "file type")]
    [InlineData("people.csv", "", "no rows")]
    [InlineData("people.csv", "name\n", "no rows")]
    [InlineData("people.csv", "name\nA,B\n", "2 fields")]
    [InlineData("people.csv", "name\n\"A\" B\n", "proper CSV")]
    [InlineData("people.json", """{"rows": [{"name": "A"}]}""", "array of objects")]
    [InlineData("people.json", """[{"name": "A"}""", "array of objects")]
    [InlineData("people.json", """["A"]""", "not an object")]
    [InlineData("people.json", "[]", "no rows")]
    [InlineData("people.jsonl", "{\"name\": \"A\"}\n{\"name\": ", "line 2")]
    [InlineData("people.jsonl", "[1]", "not an object")]
    public async Task What_cannot_be_read_is_refused_and_costs_nothing(string fileName, string content, string reason)
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.UploadAsync(content, fileName);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await BulkWire.TextOf(response)).Should().Contain(reason);
        wire.Emulator.Jobs.Should().BeEmpty();
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Theory]
    [InlineData("people.csv", "name\n", "\n")]
    [InlineData("people.jsonl", "{\"name\": \"", "\"}\n")]
    [InlineData("people.json", "[{\"name\": \"", "\"}]")]
    [InlineData("people.json", "[{\"", "\": 1}]")]
    public async Task Text_that_is_not_UTF8_is_refused(string fileName, string before, string behind)
    {
        await using var wire = await Wire.StartAsync();

        var response = await wire.UploadBytesAsync([.. Encoding.UTF8.GetBytes(before), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(behind)], fileName);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await BulkWire.TextOf(response)).Should().Contain("UTF-8");
    }

    [Theory]
    [InlineData("people.jsonl", "{\"name\": \"\\ud800\"}\n")]
    [InlineData("people.json", "[{\"name\": \"A\"}, {\"name\": \"\\ud800\"}]")]
    [InlineData("people.json", "[{\"\\ud800\": 1}]")]
    public async Task Half_a_character_is_refused(string fileName, string content)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.UploadAsync(content, fileName)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"struct": {"title": "t"}, "dispatch_id": "12345678"}""")]
    [InlineData("""{"struct": {"title": "t"}, "find_people": true}""")]
    [InlineData("""{"struct": {"title": "t"}, "columns": "name"}""")]
    [InlineData("""{"struct": ["title"]}""")]
    [InlineData("""{"struct": {"title": "t"}, "tier": "extreme"}""")]
    [InlineData("""{"struct": {"title": "t"}, "field_confidence": "yes"}""")]
    [InlineData("""{"struct": {"title": "t"}, "webhook_url": "nowhere"}""")]
    public async Task A_config_that_breaks_the_schema_is_refused(string config)
    {
        await using var wire = await Wire.StartAsync();

        (await wire.UploadAsync(config: config)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        wire.Emulator.Jobs.Should().BeEmpty();
    }

    [Fact]
    public async Task The_file_of_a_stranger_is_not_looked_at()
    {
        await using var wire = await Wire.StartAsync();
        wire.Http.DefaultRequestHeaders.Remove("x-api-key");

        (await wire.UploadAsync("name\n" + new string('x', 5_000_000))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        wire.Emulator.Requests.Should().ContainSingle().Which.Body.Should().BeNull();
    }

    [Fact]
    public async Task Both_parts_are_needed()
    {
        await using var wire = await Wire.StartAsync();

        (await BulkWire.TextOf(await wire.UploadAsync(config: null))).Should().Contain("config").And.Contain("Field required");
        (await BulkWire.TextOf(await wire.UploadBytesAsync(content: null))).Should().Contain("file").And.Contain("Field required");
        (await wire.PostAsync(BulkWire.People, "{}")).StatusCode.Should().Be(HttpStatusCode.BadRequest, "that is no form");
    }

    [Fact]
    public async Task Members_of_the_config_that_nobody_knows_are_taken()
    {
        await using var wire = await Wire.StartAsync();

        await wire.SubmitAsync(config: """{"struct": {"title": "t"}, "find_people": true, "lead_struct": {}}""", path: BulkWire.Companies);
    }

    [Fact]
    public async Task Limits_are_kept()
    {
        await using var wire = await Wire.StartAsync();
        var rows = new StringBuilder("name\n");
        for (var i = 0; i < 100_001; i++)
        {
            rows.Append("A\n");
        }

        (await wire.UploadAsync(rows.ToString())).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await wire.UploadAsync(config: "{\"struct\": {\"title\": \"" + new string('t', 300_000) + "\"}}")).StatusCode
            .Should().Be(HttpStatusCode.UnprocessableEntity);
        (await wire.UploadAsync(key: new string('k', 256))).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await wire.UploadBytesAsync(new byte[100_000_001])).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        wire.Emulator.ChargedCents.Should().Be(0);
    }

    [Theory]
    [InlineData("people.jsonl")]
    [InlineData("people.csv")]
    public async Task A_small_file_that_would_become_a_huge_table_is_refused(string fileName)
    {
        await using var wire = await Wire.StartAsync();
        var columns = Enumerable.Range(0, 10_001).Select(i => $"c{i}").ToList();
        var content = fileName.EndsWith("csv", StringComparison.Ordinal)
            ? string.Join(',', columns) + "\n" + string.Concat(Enumerable.Repeat("A\n", 10_001))
            : string.Concat(columns.Select(column => $"{{\"{column}\": 1}}\n"));

        var response = await wire.UploadAsync(content, fileName);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await BulkWire.TextOf(response)).Should().Contain("10001 columns");
    }

    [Fact]
    public async Task A_balance_below_the_estimate_starts_nothing()
    {
        await using var wire = await Wire.StartAsync(options => options.BalanceCents = 29);

        (await wire.UploadAsync(key: "key-1")).StatusCode.Should().Be(HttpStatusCode.PaymentRequired);
        wire.Emulator.BalanceCents = 30;
        (await wire.SubmitAsync(key: "key-1")).ContainsKey("already_started").Should().BeFalse("a refused submission does not use its key up");
        wire.Emulator.ChargedCents.Should().Be(30);
    }

    [Fact]
    public async Task The_highest_tier_is_gated()
    {
        await using var wire = await Wire.StartAsync();
        const string High = """{"struct": {"title": "t"}, "tier": "high"}""";

        (await wire.UploadAsync(config: High)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        await using var allowed = await Wire.StartAsync(options => options.HighTierEnabled = true);
        (await allowed.SubmitAsync(config: High))["estimated_cost_cents"]!.GetValue<int>().Should().Be(300);
    }

    [Fact]
    public async Task A_key_that_is_used_again_names_the_first_job_whatever_is_sent_with_it()
    {
        await using var wire = await Wire.StartAsync();
        var first = await wire.SubmitAsync(key: "key-1");

        var again = await wire.SubmitAsync("name\nSomebody else\n", key: "key-1");

        again["task_id"]!.GetValue<string>().Should().Be(first["task_id"]!.GetValue<string>());
        again["already_started"]!.GetValue<bool>().Should().BeTrue();
        again.ContainsKey("row_count").Should().BeFalse();
        again.ContainsKey("estimated_cost_cents").Should().BeFalse();
        wire.Emulator.ChargedCents.Should().Be(30);
        (await wire.SubmitAsync(key: "key-1", path: BulkWire.Companies)).ContainsKey("already_started").Should().BeFalse("keys count per path");
    }

    [Fact]
    public async Task Ten_submissions_a_minute_are_taken_and_repeated_or_refused_ones_do_not_count()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.OtherApiKeys.Add("another-key"));
        await wire.UploadAsync("name\n");
        for (var i = 0; i < 10; i++)
        {
            await wire.SubmitAsync(key: $"key-{i}");
            await wire.SubmitAsync(key: $"key-{i}");
        }

        var refused = await wire.UploadAsync();
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromMinutes(1));
        (await wire.SubmitAsync(key: "key-3"))["already_started"]!.GetValue<bool>().Should().BeTrue();

        wire.Http.DefaultRequestHeaders.Remove("x-api-key");
        wire.Http.DefaultRequestHeaders.Add("x-api-key", "another-key");
        (await wire.UploadAsync()).StatusCode.Should().Be(HttpStatusCode.TooManyRequests, "the limit is the organization's");

        wire.Emulator.Advance(TimeSpan.FromMinutes(1));
        await wire.SubmitAsync();
    }

    [Fact]
    public async Task Twins_with_one_key_start_one_job()
    {
        await using var wire = await Wire.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => wire.SubmitAsync(key: "key-1")));

        answers.Select(answer => (string?)answer["task_id"]).Distinct().Should().ContainSingle();
        answers.Count(answer => answer.ContainsKey("already_started")).Should().Be(7);
        wire.Emulator.ChargedCents.Should().Be(30);
    }

    [Fact]
    public async Task The_config_of_a_submission_is_recorded()
    {
        await using var wire = await Wire.StartAsync();
        await wire.SubmitAsync();

        JsonNode.Parse(wire.Emulator.Requests.Single().Body!.Value.GetRawText())!["struct"]!["title"]!.GetValue<string>().Should().Be("Current job title");
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_an_upload_starts_nothing()
    {
        await using var wire = await Wire.StartAsync();
        wire.Emulator.Inject(Fault.ResetsTheUpload(afterBytes: 200_000), BulkWire.People);

        await FluentActions.Awaiting(() => wire.UploadAsync("name\n" + new string('a', 1_000_000))).Should().ThrowAsync<HttpRequestException>();

        wire.Emulator.Jobs.Should().BeEmpty();
        wire.Emulator.FaultsLeft.Should().Be(0);
    }

    [Fact]
    public async Task Only_uploads_are_taken()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.GetAsync(BulkWire.People)).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }
}
