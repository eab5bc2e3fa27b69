using System.Text;
using Sixtyfour.Fields;
using Sixtyfour.Testing;
using Sixtyfour.Tests.Support;
using Sixtyfour.Webhooks;

namespace Sixtyfour.Tests.Fields;

/// <summary>What counts as a result, wherever it comes from: a call, a finished job, a webhook, an archive.</summary>
public sealed class AnswerFormsTests
{
    private static readonly LeadInfo s_lead = new() { Name = "Nadia Okafor" };

    public static TheoryData<string> NotResults =>
    [
        """{"error": "The agent crashed"}""",
        """{"error": {"message": "The agent crashed", "code": "agent_failed"}}""",
        """{"detail": "Not found"}""",
        """{"detail": [{"loc": ["body"], "msg": "Field required"}]}""",
        """{"status": "failed", "message": "No luck"}""",
        """{"status": "failed", "structured_data": {}}""",
        """{"status": "timed-out", "structured_data": null}""",
        """{"error": "The agent crashed", "structured_data": {}}""",
        """{"result": {"error": "The agent crashed"}}""",
        """{"result": null}""",
        """{"result": "not found"}""",
        """{"structured_data": null}""",
        """{"structured_data": " "}""",
        """{"title": "VP Engineering"}""",
        """[{"structured_data": {"title": "A"}}, {"structured_data": {"title": "B"}}]""",
        "{}",
        "[]",
        "7",
    ];

    public static TheoryData<string> OneLevelOff =>
    [
        """{"structured_data": {"title": "VP Engineering"}}""",
        """{"result": {"structured_data": {"title": "VP Engineering"}}}""",
        """{"result": {"result": {"structured_data": {"title": "VP Engineering"}}}}""",
        """{"result": [{"structured_data": {"title": "VP Engineering"}}]}""",
        """[{"structured_data": {"title": "VP Engineering"}}]""",
        """{"structured_data": [{"title": "VP Engineering"}]}""",
        """{"structured_data": "{\"title\": \"VP Engineering\"}"}""",
        """{"structured_data": "{'title': 'VP Engineering'}"}""",
        """{"result": "{\"structured_data\": {\"title\": \"VP Engineering\"}}"}""",
        """{"result": "{\"structured_data\": \"{\\\"title\\\": \\\"VP Engineering\\\"}\"}"}""",
        """{"structured_data": {"title": "VP Engineering", "score": NaN, "range": [-Infinity, Infinity]}, "confidence_score": NaN}""",
        """{"structured_data": {"title": "VP Engineering"}, "error": null, "status": "completed"}""",
        """{"structured_data": {"title": "VP Engineering"}, "error": "One source was out of reach"}""",
    ];

    [Theory]
    [MemberData(nameof(NotResults))]
    public async Task A_call_whose_success_holds_no_result_fails_with_the_body(string body)
    {
        var failure = await Record.ExceptionAsync(() => CallAsync(body));

        failure.Should().BeOfType<InvalidResponseException>().Which.ResponseBody.Should().Be(body);
    }

    [Theory]
    [MemberData(nameof(NotResults))]
    public async Task A_completed_job_without_a_result_fails_with_its_id_and_the_body(string result)
    {
        var failure = await Record.ExceptionAsync(() => WaitAsync($$"""{"status": "completed", "result": {{result}}}"""));

        var invalid = failure.Should().BeOfType<InvalidResponseException>().Which;
        (invalid.JobId, invalid.ResponseBody).Should().Be(("job-1", result));
    }

    [Theory]
    [MemberData(nameof(NotResults))]
    public void An_event_without_a_result_fails_with_the_id_of_its_job_and_the_body(string result)
    {
        var read = () => Event($$"""{"task_id": "job-1", "status": "completed", "result": {{result}}}""").ReadEnrichment();

        var invalid = read.Should().Throw<InvalidResponseException>().Which;
        (invalid.JobId, invalid.ResponseBody).Should().Be(("job-1", result));
    }

    [Theory]
    [MemberData(nameof(NotResults))]
    public void An_archived_failure_is_not_a_result(string archived)
    {
        var parse = () => Enrichment.Parse(archived);

        parse.Should().Throw<InvalidResponseException>().Which.ResponseBody.Should().Be(archived);
    }

    [Theory]
    [MemberData(nameof(OneLevelOff))]
    public async Task A_result_one_level_off_is_read(string answer)
    {
        var results = new Dictionary<string, Enrichment>
        {
            ["call"] = await CallAsync(answer),
            ["job"] = await WaitAsync($$"""{"status": "completed", "result": {{answer}}}"""),
            ["event"] = Event($$"""{"task_id": "job-1", "status": "completed", "result": {{answer}}}""").ReadEnrichment(),
            ["archive"] = Enrichment.Parse(answer),
        };

        results.Should().AllSatisfy(result => result.Value["title"].AsString().Should().Be("VP Engineering"));
        results["job"].JobId.Should().Be("job-1");
        results["event"].JobId.Should().Be("job-1");
    }

    [Fact]
    public async Task A_finished_job_may_hold_its_result_flat()
    {
        const string Flat =
            """{"task_id": "job-1", "status": "completed", "structured_data": {"title": "VP Engineering"}, "notes": "Found.", "charge_amount": 10}""";

        foreach (var found in new[] { await WaitAsync(Flat), Event(Flat).ReadEnrichment() })
        {
            (found["title"].AsString(), found.Notes, found.ChargeCents).Should().Be(("VP Engineering", "Found.", 10));
        }
    }

    [Theory]
    [InlineData("""{"structured_data": {}}""")]
    [InlineData("""{"structured_data": "{}"}""")]
    public async Task An_empty_object_is_a_result(string answer) => (await CallAsync(answer)).Missing.Should().Equal("title");

    [Theory]
    [InlineData("""{"task_id": "job-7", "status": "RUNNING"}""")]
    [InlineData("""{"task_id": 7, "status": "RUNNING"}""")]
    [InlineData("""{"job_id": "job-7"}""")]
    [InlineData("""{"taskId": "job-7"}""")]
    [InlineData("""{"id": "job-7", "status": "pending"}""")]
    [InlineData("""{"data": {"task_id": "job-7"}}""")]
    [InlineData("""[{"task_id": "job-7"}]""")]
    [InlineData("""{"task_id": "job-7", "error": "The agent crashed"}""")]
    public async Task A_call_that_is_answered_with_a_job_keeps_its_id(string body)
    {
        foreach (var status in new[] { System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.Accepted })
        {
            var failure = await Record.ExceptionAsync(() => CallAsync(body, status));

            failure.Should().BeOfType<InvalidResponseException>().Which.JobId.Should().EndWith("7");
        }
    }

    [Theory]
    [InlineData("""{"id": "req-9", "error": "no credits"}""")]
    [InlineData("""{"id": "req-9", "status": "queued", "error": "no credits"}""")]
    [InlineData("""{"id": "req-9", "status": "error", "message": "no credits"}""")]
    public async Task The_id_of_a_refused_request_is_not_a_job(string body) =>
        (await Record.ExceptionAsync(() => CallAsync(body))).Should().BeOfType<InvalidResponseException>().Which.JobId.Should().BeNull();

    [Fact]
    public void What_stands_beside_the_inner_result_is_kept()
    {
        var found = Enrichment.Parse("""
            {"charge_amount": 10, "notes": "outer", "trace": "t", "result": {"structured_data": {"title": "VP"}, "notes": "inner", "confidence_score": 8}}
            """);

        (found.ChargeCents, found.Notes, found.ConfidenceScore).Should().Be((10, "inner", 8));
        found.AdditionalProperties.Keys.Should().Equal("trace");
    }

    [Fact]
    public void A_value_that_is_no_number_of_JSON_is_a_text_that_can_be_seen()
    {
        var found = Enrichment.Parse("""{"structured_data": {"title": "NaN, \" NaN", "score": NaN, "low": -Infinity}, "confidence_score": Infinity}""");

        found["title"].AsString().Should().Be("NaN, \" NaN");
        found["score"].AsDouble().Should().BeNull();
        found["score"].Raw.GetString().Should().Be("NaN");
        found["low"].Raw.GetString().Should().Be("-Infinity");
        found.AdditionalProperties["confidence_score"].GetString().Should().Be("Infinity");
    }

    [Theory]
    [InlineData("""{"structured_data": {"a": NaNs}}""")]
    [InlineData("""{"structured_data": {"a": +Infinity}}""")]
    [InlineData("""{"structured_data": {NaN: 1}}""")]
    [InlineData("""{"structured_data": {"a": "open}""")]
    [InlineData("""{"structured_data": {"a": NaN}""")]
    public async Task What_is_not_JSON_otherwise_is_still_refused(string body) =>
        (await Record.ExceptionAsync(() => CallAsync(body))).Should().BeOfType<InvalidResponseException>().Which.ResponseBody.Should().Be(body);

    [Fact]
    public void A_message_says_what_came_instead_and_shows_no_value()
    {
        string Message(string body) => Record.Exception(() => Enrichment.Parse(body))!.Message;

        Message("""{"error": "nadia@example.com was not found"}""").Should().Contain("error").And.NotContain("nadia");
        Message("""{"status": "failed"}""").Should().Contain("'failed'");
        Message("""{"task_id": "job-7", "status": "RUNNING"}""").Should().Contain("job-7").And.Contain("GetJob");
        Message("{}").Should().Contain("structured_data");
    }

    private static async Task<Enrichment> CallAsync(string body, System.Net.HttpStatusCode status = System.Net.HttpStatusCode.OK)
    {
        using var handler = new ScriptedHandler().Answers(status, body);
        using var client = TestClients.Create(handler);
        return await client.Leads.EnrichAsync(s_lead, Ask.Title, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<Enrichment> WaitAsync(string status)
    {
        var clock = new FakeClock();
        using var handler = new ScriptedHandler().Answers(status);
        using var client = TestClients.Create(handler, clock);
        return await clock.RunAsync(client.Leads.GetJob("job-1").WaitAsync(TestContext.Current.CancellationToken));
    }

    private static JobCompletedEvent Event(string body) =>
        EventReader.Read(Encoding.UTF8.GetBytes(body), default, null).Should().BeOfType<JobCompletedEvent>().Which;
}
