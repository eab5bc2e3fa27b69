using System.Net;
using System.Text.Json.Nodes;

namespace Sixtyfour.Emulator.Tests.Webhooks;

public class SigningSecretTests
{
    private const string Path = "/webhooks/signing-secret";

    [Fact]
    public async Task A_secret_is_made_looked_at_and_deleted()
    {
        await using var wire = await Wire.StartAsync();
        (await (await wire.GetAsync(Path)).Content.ReadAsStringAsync(Token)).Should().Be("null");

        var made = await wire.PostAsync(Path, "{}");
        made.StatusCode.Should().Be(HttpStatusCode.Created);
        var answer = await Wire.JsonOf(made);
        var plaintext = answer["plaintext"]!.GetValue<string>();
        plaintext.Should().MatchRegex("^sk_whsec_[0-9a-f]{64}$");
        answer["meta"]!.AsObject().Select(member => member.Key).Should().Equal("id", "org_id", "preview", "status", "created_at", "revoked_at");
        answer["meta"]!["preview"]!.GetValue<string>().Should().Be($"sk_whsec_••••…{plaintext[^4..]}");

        var seen = await (await wire.GetAsync(Path)).Content.ReadAsStringAsync(Token);
        JsonNode.DeepEquals(JsonNode.Parse(seen), answer["meta"]).Should().BeTrue();
        seen.Should().NotContain(plaintext);

        (await wire.Http.DeleteAsync(new Uri(Path, UriKind.Relative), Token)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await (await wire.GetAsync(Path)).Content.ReadAsStringAsync(Token)).Should().Be("null");
    }

    [Theory]
    [InlineData("""{"expire_overlap_hours": -1}""", "greater_than_equal")]
    [InlineData("""{"expire_overlap_hours": 73}""", "less_than_equal")]
    [InlineData("""{"expire_overlap_hours": 1.5}""", "int_type")]
    [InlineData("""{"expire_overlap_hours": "24"}""", "int_type")]
    public async Task An_overlap_is_a_whole_number_of_hours_up_to_72(string body, string type)
    {
        await using var wire = await Wire.StartAsync();
        await wire.PostAsync(Path, "{}");

        var response = await wire.PostAsync(Path + "/roll", body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Wire.JsonOf(response))["detail"]![0]!["type"]!.GetValue<string>().Should().Be(type);
    }

    [Fact]
    public async Task Without_a_secret_there_is_nothing_to_roll_and_other_methods_are_refused()
    {
        await using var wire = await Wire.StartAsync();

        (await wire.PostAsync(Path + "/roll", "{}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await wire.GetAsync(Path + "/roll")).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        wire.Http.DefaultRequestHeaders.Clear();
        (await wire.GetAsync(Path)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task While_a_rotation_overlaps_both_secrets_sign_the_new_one_first()
    {
        await using var hook = await Hook.StartAsync();
        var old = hook.Emulator.RollWebhookSecret(TimeSpan.FromHours(24));
        var @new = (await Wire.JsonOf(await hook.Wire.PostAsync(Path + "/roll", """{"expire_overlap_hours": 1}""")))["plaintext"]!.GetValue<string>();

        await DeliverAsync(hook, 1);
        hook.Emulator.Advance(TimeSpan.FromHours(1));
        await DeliverAsync(hook, 2);

        var posts = hook.Posts.ToList();
        var clock = hook.Emulator.Clock;
        var header = posts[0]["Signature"]!.Split(',');
        header.Should().HaveCount(3);
        posts[0].Body.Should().NotBeEmpty();
        SixtyfourWebhook.Sign(posts[0].Body, @new, posts[0].At).Should().Be($"{header[0]},{header[1]}");
        SixtyfourWebhook.Sign(posts[0].Body, old, posts[0].At).Should().Be($"{header[0]},{header[2]}");
        posts[1]["Signature"]!.Split(',').Should().HaveCount(2);
        SixtyfourWebhook.Verify(posts[1].Body, posts[1]["Signature"], [@new], new() { TimeProvider = clock }).Should().Be(WebhookVerdict.Valid);
        hook.Emulator.Deliveries.Select(delivery => delivery.Signatures).Should().Equal(2, 1);
    }

    [Fact]
    public async Task A_secret_made_anew_revokes_the_old_one_and_without_one_nothing_is_signed()
    {
        await using var hook = await Hook.StartAsync();
        var old = hook.Emulator.RollWebhookSecret(TimeSpan.Zero);
        await hook.Wire.PostAsync(Path, "{}");
        await DeliverAsync(hook, 1);
        await hook.Wire.Http.DeleteAsync(new Uri(Path, UriKind.Relative), Token);
        await DeliverAsync(hook, 2);

        var posts = hook.Posts.ToList();
        SixtyfourWebhook.Verify(posts[0].Body, posts[0]["Signature"], [old], new() { TimeProvider = hook.Emulator.Clock })
            .Should().Be(WebhookVerdict.NoSignatureMatches);
        posts[1]["Signature"].Should().BeNull();
        posts[1]["Event-Id"].Should().NotBeNull();
    }

    [Fact]
    public async Task An_overlap_out_of_range_is_refused()
    {
        await using var wire = await Wire.StartAsync();

        wire.Emulator.Invoking(emulator => emulator.RollWebhookSecret(TimeSpan.FromHours(73))).Should().Throw<ArgumentOutOfRangeException>();
        wire.Emulator.Invoking(emulator => emulator.RollWebhookSecret(TimeSpan.FromSeconds(-1))).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task DeliverAsync(Hook hook, int deliveries)
    {
        await hook.StartJobAsync();
        hook.Emulator.Jobs[^1].Complete();
        await hook.RunAsync(deliveries);
    }
}
