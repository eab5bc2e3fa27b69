using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Testing;

namespace Sixtyfour.Emulator.Tests.Webhooks;

public class DeliveryTests
{
    [Fact]
    public async Task The_end_of_a_job_is_reported_with_its_result_and_all_headers()
    {
        await using var hook = await Hook.StartAsync();
        var secret = hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        var id = await hook.StartJobAsync();

        await hook.RunAsync(1);

        var post = hook.Posts.Should().ContainSingle().Subject;
        var body = JsonNode.Parse(post.Body)!.AsObject();
        body.Select(member => member.Key).Should().Equal("task_id", "status", "task_type", "result");
        ((string?)body["task_id"], (string?)body["status"], (string?)body["task_type"]).Should().Be((id, "completed", "enrich_lead"));
        body["result"]!["structured_data"]!["title"].Should().NotBeNull();
        Guid.TryParse(post["Event-Id"], out _).Should().BeTrue();
        (post["Event-Type"], post["Delivery-Attempt"], post.Headers["Content-Type"]).Should().Be(("enrich_lead", "1", "application/json"));
        SixtyfourWebhook.Verify(post.Body, post["Signature"], [secret], new() { TimeProvider = hook.Emulator.Clock }).Should().Be(WebhookVerdict.Valid);
        SixtyfourWebhook.Parse(post.Body).Should().BeOfType<JobCompletedEvent>();
        hook.Emulator.Deliveries
            .Should().ContainSingle().Which.Should().BeEquivalentTo(new { JobId = id, Attempt = 1, StatusCode = 200, IsSuccess = true, Signatures = 1 });
    }

    [Fact]
    public async Task A_failed_job_is_reported_with_its_error_and_a_cancelled_one_not_at_all()
    {
        await using var hook = await Hook.StartAsync();
        await hook.StartJobAsync("/people-intelligence-async");
        await hook.StartJobAsync();

        hook.Emulator.Jobs[1].Cancel();
        hook.Emulator.Jobs[0].Fail("Lookup did not finish");
        await hook.RunAsync(1);
        hook.Emulator.Advance(TimeSpan.FromMinutes(10));

        JsonNode.DeepEquals(
            JsonNode.Parse(hook.Posts.Should().ContainSingle().Subject.Body),
            new JsonObject
            {
                ["task_id"] = hook.Emulator.Jobs[0].Id,
                ["status"] = "failed",
                ["task_type"] = "people_intelligence",
                ["error"] = "Lookup did not finish",
            }).Should().BeTrue();
    }

    [Fact]
    public async Task A_job_ended_by_hand_is_reported_at_once()
    {
        await using var hook = await Hook.StartAsync();
        await hook.StartJobAsync();
        var before = hook.Emulator.Clock.GetUtcNow();

        hook.Emulator.Jobs[0].Complete();
        await Eventually.TrueAsync(() => hook.Posts.Count is 1);

        hook.Emulator.Clock.GetUtcNow().Should().Be(before);
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_after_1_2_4_8_and_16_seconds_under_the_same_id()
    {
        await using var hook = await Hook.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            hook.Answers.Enqueue(Hook.Says(i % 2 is 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.Gone));
        }

        await hook.StartJobAsync();
        await hook.RunAsync(6);
        hook.Emulator.Advance(TimeSpan.FromHours(1));

        var posts = hook.Posts.ToList();
        posts.Select(post => (post.At - posts[0].At).TotalSeconds).Should().Equal(0, 1, 3, 7, 15, 31);
        posts.Select(post => post["Delivery-Attempt"]).Should().Equal("1", "2", "3", "4", "5", "6");
        posts.Select(post => (post["Event-Id"], post.Text)).Distinct().Should().ContainSingle();
        hook.Emulator.Deliveries.Select(delivery => delivery.StatusCode).Should().Equal(500, 410, 500, 410, 500, 410);
    }

    [Theory]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    public async Task A_redirect_is_not_followed_and_counts_as_a_failure(HttpStatusCode status)
    {
        await using var hook = await Hook.StartAsync();
        hook.Answers.Enqueue(Hook.Says(status));
        await hook.StartJobAsync();

        await hook.RunAsync(2);

        hook.Posts.Select(post => post.Path).Should().Equal("/hook", "/hook");
        hook.Emulator.Deliveries.Select(delivery => delivery.IsSuccess).Should().Equal(false, true);
    }

    [Fact]
    public async Task Any_2xx_is_success()
    {
        await using var hook = await Hook.StartAsync();
        hook.Answers.Enqueue(Hook.Says(HttpStatusCode.NoContent));
        await hook.StartJobAsync();

        await hook.RunAsync(1);
        hook.Emulator.Advance(TimeSpan.FromHours(1));

        hook.Posts.Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_has_ten_seconds()
    {
        await using var hook = await Hook.StartAsync();
        hook.Answers.Enqueue(context => Task.Delay(TimeSpan.FromSeconds(11), hook.Emulator.Clock, context.RequestAborted));
        hook.Answers.Enqueue(context => Task.Delay(TimeSpan.FromSeconds(9), hook.Emulator.Clock, context.RequestAborted));
        await hook.StartJobAsync();

        await hook.RunAsync(2);

        hook.Emulator.Deliveries.Select(delivery => delivery.Failure ?? "taken").Should().Equal("no answer within 10 s", "taken");
        var posts = hook.Posts.ToList();
        (posts[1].At - posts[0].At).Should().Be(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task Nobody_there_is_a_failure_like_any_other()
    {
        await using var wire = await Wire.StartOnManualClockAsync(options => options.AllowsLocalWebhooks = true);
        await wire.StartJobAsync(body: Wire.Enrichment(more: "\"webhook_url\": \"http://127.0.0.1:9/hook\""));

        await Hook.RunAsync(wire.Emulator, () => wire.Emulator.Deliveries.Count is 6 && wire.Emulator.Deliveries[^1].Failure is not null);

        wire.Emulator.Deliveries.Should().OnlyContain(delivery => delivery.Failure == "ConnectionError" && delivery.StatusCode == null);
    }

    [Fact]
    public async Task A_synchronous_call_is_not_reported()
    {
        await using var hook = await Hook.StartAsync(options => options.RunTime = _ => TimeSpan.Zero);
        await hook.Wire.PostAsync("/enrich-lead", Wire.Enrichment(more: $"\"webhook_url\": \"{hook.Address}\""));
        hook.Emulator.Advance(TimeSpan.FromHours(1));

        hook.Emulator.Deliveries.Should().BeEmpty();
    }

    [Fact]
    public async Task A_dropped_delivery_is_seen_here_and_nowhere_else()
    {
        await using var hook = await Hook.StartAsync();
        hook.Emulator.Inject(Fault.DropsTheWebhook(), "/enrich-lead-async", times: 2);
        await hook.StartJobAsync();

        await hook.RunAsync(3);

        hook.Posts.Should().ContainSingle().Which["Delivery-Attempt"].Should().Be("3");
        hook.Emulator.Deliveries.Select(delivery => delivery.Failure).Should().Equal("dropped", "dropped", null);
    }

    [Fact]
    public async Task A_doubled_delivery_comes_twice_under_one_id()
    {
        await using var hook = await Hook.StartAsync();
        hook.Emulator.Inject(Fault.DoublesTheWebhook());
        await hook.StartJobAsync();

        await hook.RunAsync(2);

        hook.Posts.Select(post => (post["Event-Id"], post["Delivery-Attempt"])).Should().HaveCount(2).And.Subject.Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task A_replayed_delivery_comes_again_under_a_new_id()
    {
        await using var hook = await Hook.StartAsync();
        var secret = hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        hook.Emulator.Inject(Fault.ReplaysTheWebhook());
        await hook.StartJobAsync();

        await hook.RunAsync(2);

        hook.Posts.Select(post => post["Event-Id"]).Should().OnlyHaveUniqueItems().And.HaveCount(2);
        hook.Posts.Select(post => post.Text).Distinct().Should().ContainSingle();
        hook.Posts.Should().OnlyContain(post =>
            SixtyfourWebhook.Verify(
                post.Body, post["Signature"], new[] { secret }, new WebhookVerifyOptions { TimeProvider = hook.Emulator.Clock }) == WebhookVerdict.Valid);
    }

    [Fact]
    public async Task A_corrupted_delivery_does_not_match_its_signature_and_the_next_one_does()
    {
        await using var hook = await Hook.StartAsync();
        var secret = hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        hook.Emulator.Inject(Fault.CorruptsTheWebhook());
        hook.Answers.Enqueue(Hook.Says(HttpStatusCode.Unauthorized));
        await hook.StartJobAsync();

        await hook.RunAsync(2);

        hook.Posts.Select(post => SixtyfourWebhook.Verify(post.Body, post["Signature"], [secret], new() { TimeProvider = hook.Emulator.Clock }))
            .Should().Equal(WebhookVerdict.NoSignatureMatches, WebhookVerdict.Valid);
    }

    [Fact]
    public async Task A_delayed_delivery_comes_late_and_a_reordered_one_after_the_next()
    {
        var runTime = 240;
        await using var hook = await Hook.StartAsync(options => options.RunTime = _ => TimeSpan.FromSeconds(runTime++));
        hook.Emulator.Inject(Fault.ReordersTheWebhook());
        hook.Emulator.Inject(Fault.DelaysTheWebhook(TimeSpan.FromSeconds(45)));
        var held = await hook.StartJobAsync();
        var late = await hook.StartJobAsync();
        var plain = await hook.StartJobAsync();

        await hook.RunAsync(3);

        var posts = hook.Posts.ToList();
        posts.Select(post => (string?)JsonNode.Parse(post.Body)!["task_id"]).Should().Equal(plain, held, late);
        posts.Select(post => (post.At - posts[0].At).TotalSeconds).Should().Equal(0, 0, 44);
    }

    [Fact]
    public async Task A_reset_forgets_what_was_still_to_be_delivered()
    {
        await using var hook = await Hook.StartAsync();
        await hook.StartJobAsync();

        hook.Emulator.Reset();
        hook.Emulator.Advance(TimeSpan.FromHours(1));
        await hook.StartJobAsync();
        await hook.RunAsync(1);

        hook.Posts.Should().ContainSingle();
    }

    [Fact]
    public async Task A_job_that_was_reset_has_ended_for_whoever_still_follows_it()
    {
        await using var hook = await Hook.StartAsync();
        await hook.StartJobAsync();
        var job = hook.Emulator.Jobs[0];
        var balance = hook.Emulator.BalanceCents;

        hook.Emulator.Reset();
        hook.Emulator.Advance(TimeSpan.FromHours(1));

        (job.Status, job.FinishedAt.HasValue).Should().Be((JobStatus.Canceled, true));
        hook.Emulator.BalanceCents.Should().Be(balance + 10);
    }

    [Fact]
    public async Task Deliveries_can_be_read_without_dotnet_and_print_no_secret()
    {
        await using var hook = await Hook.StartAsync();
        var secret = hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        await hook.StartJobAsync();
        await hook.RunAsync(1);

        var report = await (await hook.Wire.GetAsync("/_emulator/deliveries")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        JsonNode.Parse(report)![0]!["status_code"]!.GetValue<int>().Should().Be(200);
        (report + hook.Emulator + string.Concat(hook.Emulator.Deliveries)).Should().NotContain(secret);
        hook.Emulator.Deliveries[0].ToString().Should().Be("enrich_lead, attempt 1: 200");
    }
}
