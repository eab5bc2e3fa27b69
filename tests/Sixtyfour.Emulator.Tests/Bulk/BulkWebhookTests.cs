using System.Net;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Tests.Webhooks;

namespace Sixtyfour.Emulator.Tests.Bulk;

public sealed class BulkWebhookTests
{
    [Theory]
    [InlineData(BulkWire.People, "bulk_people_intelligence")]
    [InlineData(BulkWire.Companies, "bulk_company_intelligence")]
    public async Task The_end_of_a_bulk_job_is_reported_with_its_files_and_its_charge(string path, string taskType)
    {
        await using var hook = await Hook.StartAsync();
        var secret = hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        var id = (string?)(await SubmitAsync(hook, path))["task_id"];

        await hook.RunAsync(1);

        var post = hook.Posts.Should().ContainSingle().Subject;
        var body = JsonNode.Parse(post.Body)!.AsObject();
        body.Select(member => member.Key).Should().Equal("task_id", "status", "task_type", "results", "charge_amount");
        (await BulkWire.TextOf(await hook.Wire.DownloadAsync(body["results"]![0]!))).Should().Be(BulkWire.Csv);
        SixtyfourWebhook.Verify(post.Body, post["Signature"], [secret], new() { TimeProvider = hook.Emulator.Clock }).Should().Be(WebhookVerdict.Valid);
        SixtyfourWebhook.Parse(post.Body)
            .Should().BeOfType<BulkCompletedEvent>().Which.Should().BeEquivalentTo(new { JobId = id, TaskType = taskType, ChargeCents = 30m });
    }

    [Fact]
    public async Task A_failed_bulk_job_is_reported_with_its_error_and_a_cancelled_one_not_at_all()
    {
        await using var hook = await Hook.StartAsync();
        await SubmitAsync(hook);
        await SubmitAsync(hook);

        hook.Emulator.Jobs[1].Cancel();
        hook.Emulator.Jobs[0].Fail("The file could not be processed");
        await hook.RunAsync(1);
        hook.Emulator.Advance(TimeSpan.FromMinutes(10));

        var told = SixtyfourWebhook.Parse(hook.Posts.Should().ContainSingle().Subject.Body).Should().BeOfType<JobFailedEvent>().Subject;
        (told.JobId, told.Error).Should().Be((hook.Emulator.Jobs[0].Id, "The file could not be processed"));
    }

    [Fact]
    public async Task A_repeated_submission_is_reported_once()
    {
        await using var hook = await Hook.StartAsync();
        await SubmitAsync(hook, key: "key-1");
        await SubmitAsync(hook, key: "key-1");

        await hook.RunAsync(1);
        hook.Emulator.Advance(TimeSpan.FromMinutes(10));

        hook.Posts.Should().ContainSingle();
    }

    [Fact]
    public async Task An_address_that_the_service_would_not_deliver_to_starts_nothing()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.UploadAsync(config: """{"struct": {"title": "t"}, "webhook_url": "http://example.com/hook"}""")).StatusCode
            .Should().Be(HttpStatusCode.BadRequest);

        wire.Emulator.Jobs.Should().BeEmpty();
    }

    private static Task<JsonObject> SubmitAsync(Hook hook, string path = BulkWire.People, string? key = null) =>
        hook.Wire.SubmitAsync(config: $$"""{"struct": {"title": "Current job title"}, "webhook_url": "{{hook.Address}}"}""", key: key, path: path);
}
