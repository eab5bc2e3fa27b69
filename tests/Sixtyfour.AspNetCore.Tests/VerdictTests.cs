using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sixtyfour.AspNetCore.Tests.Support;
using Sixtyfour.Testing;

namespace Sixtyfour.AspNetCore.Tests;

public sealed class VerdictTests
{
    private readonly List<WebhookEvent> _handled = [];

    [Fact]
    public async Task A_verified_event_reaches_the_handler_with_what_the_headers_say()
    {
        using var metrics = new Metrics();
        await using var receiver = await Receiver.StartAsync(Handle);

        (await receiver.DeliverAsync(Bodies.Done(), attempt: 2)).Should().Be((HttpStatusCode.OK, "handled"));

        var received = _handled.Should().ContainSingle().Which.Should().BeOfType<JobCompletedEvent>().Which;
        (received.EventId, received.EventType, received.DeliveryAttempt).Should().Be(("event-1", "enrich_lead", 2));
        received.ReadEnrichment()["title"].AsString().Should().Be("VP Engineering");
        metrics.Seen.Should().Contain("sixtyfour.webhook.deliveries valid handled").And.Contain("sixtyfour.webhook.handler.duration handled");
        receiver.Log.All.Should().NotContain("Okafor").And.NotContain(Receiver.Secret);
    }

    public static TheoryData<string, string?> Refused => new()
    {
        { nameof(WebhookVerdict.SignatureMissing), null },
        { nameof(WebhookVerdict.SignatureMissing), " " },
        { nameof(WebhookVerdict.SignatureMalformed), "sha256=abc" },
        { nameof(WebhookVerdict.SignatureMalformed), "t=1,v1=" + new string('z', 20_000) },
        { nameof(WebhookVerdict.TimestampOutsideTolerance), SixtyfourWebhook.Sign(
            Encoding.UTF8.GetBytes(Bodies.Done()), Receiver.Secret, new FakeClock().GetUtcNow().AddSeconds(-301)) },
        { nameof(WebhookVerdict.NoSignatureMatches), SixtyfourWebhook.Sign(
            Encoding.UTF8.GetBytes(Bodies.Done()), "sk_whsec_other", new FakeClock().GetUtcNow()) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_not_verified_is_refused_and_the_reason_is_in_the_log_only(string verdict, string? signature)
    {
        await using var receiver = await Receiver.StartAsync(Handle);

        (await receiver.PostAsync(Encoding.UTF8.GetBytes(Bodies.Done()), signature)).Should().Be((HttpStatusCode.Unauthorized, "unverified"));

        _handled.Should().BeEmpty();
        receiver.Log.Lines
            .Should().ContainSingle().Which.Text.Should().Contain(verdict).And.Contain(SixtyfourWebhook.Explain(Enum.Parse<WebhookVerdict>(verdict)));
        receiver.Log.All.Should().NotContain("Okafor").And.NotContain(Receiver.Secret).And.NotContain("v1=z");
    }

    [Fact]
    public async Task What_is_not_verified_is_not_even_parsed()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        var body = "{ no JSON"u8.ToArray();

        (await receiver.PostAsync(body, SixtyfourWebhook.Sign(body, "sk_whsec_other", receiver.Clock.GetUtcNow())))
            .Should().Be((HttpStatusCode.Unauthorized, "unverified"));
        (await receiver.PostAsync(body, SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow())))
            .Should().Be((HttpStatusCode.BadRequest, "unreadable"));
    }

    [Fact]
    public async Task A_body_that_middleware_has_read_is_rewound_where_it_can_be()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, Handle),
            services => services.AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)),
            middleware: async context =>
            {
                context.Request.EnableBuffering();
                using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
                (await reader.ReadToEndAsync(context.RequestAborted)).Should().Be(Bodies.Done());
            });

        (await receiver.DeliverAsync(Bodies.Done())).Should().Be((HttpStatusCode.OK, "handled"));
    }

    [Fact]
    public async Task Nothing_is_accepted_without_a_secret()
    {
        await using var receiver = await Receiver.StartAsync(Handle, options => options.WebhookSecrets.Clear());

        (await receiver.DeliverAsync(Bodies.Done())).Status.Should().Be(HttpStatusCode.Unauthorized);

        receiver.Log.All.Should().Contain(nameof(WebhookVerdict.NoSecretConfigured));
        _handled.Should().BeEmpty();
    }

    [Fact]
    public async Task Unsigned_deliveries_are_accepted_only_when_told_so_and_while_there_is_no_secret()
    {
        await using var open = await Receiver.StartAsync(Handle, options =>
        {
            options.WebhookSecrets.Clear();
            options.AllowUnsigned = true;
        });
        await using var guarded = await Receiver.StartAsync(Handle, options => options.AllowUnsigned = true);

        (await open.PostAsync(Encoding.UTF8.GetBytes(Bodies.Done()), null)).Status.Should().Be(HttpStatusCode.OK);
        (await guarded.PostAsync(Encoding.UTF8.GetBytes(Bodies.Done()), null)).Status.Should().Be(HttpStatusCode.Unauthorized);

        _handled.Should().ContainSingle();
        open.Log.All.Should().Contain("without verification");
    }

    [Fact]
    public async Task The_tolerance_is_the_configured_one()
    {
        await using var receiver = await Receiver.StartAsync(Handle, options => options.Tolerance = TimeSpan.FromSeconds(10));
        var body = Encoding.UTF8.GetBytes(Bodies.Done());

        (await receiver.PostAsync(body, SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow().AddSeconds(-11)))).Status
            .Should().Be(HttpStatusCode.Unauthorized);
        (await receiver.PostAsync(body, SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow().AddSeconds(-10)))).Status
            .Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_verified_body_that_cannot_be_read_is_answered_with_400()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        byte[][] bodies =
        [
            "not JSON, Nadia Okafor"u8.ToArray(),
            [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
            [],
        ];

        foreach (var body in bodies)
        {
            (await receiver.PostAsync(body, SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow())))
                .Should().Be((HttpStatusCode.BadRequest, "unreadable"));
        }

        _handled.Should().BeEmpty();
        receiver.Log.All.Should().NotContain("Okafor");
    }

    [Fact]
    public async Task A_kind_nobody_knows_reaches_the_handler_raw()
    {
        await using var receiver = await Receiver.StartAsync(Handle);

        (await receiver.DeliverAsync("""{ "ping": true }""")).Status.Should().Be(HttpStatusCode.OK);

        _handled.Should().ContainSingle().Which.Raw.GetProperty("ping").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Headers_that_could_harm_a_log_count_as_missing()
    {
        await using var receiver = await Receiver.StartAsync(Handle);

        await receiver.DeliverAsync(Bodies.Done("a"), eventId: new string('x', 5_000));
        await receiver.DeliverAsync(Bodies.Done("b"), eventId: "two words");
        await receiver.DeliverAsync(Bodies.Done("c"), attempt: -7);

        _handled.Select(e => e.EventId).Should().Equal(null, null, "event-1");
        _handled[2].DeliveryAttempt.Should().Be(0);
    }

    [Fact]
    public async Task Other_methods_and_a_doubled_signature_are_refused()
    {
        await using var receiver = await Receiver.StartAsync(Handle);
        var body = Encoding.UTF8.GetBytes(Bodies.Done());
        var signature = SixtyfourWebhook.Sign(body, Receiver.Secret, receiver.Clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Sixtyfour-Signature", [signature, signature]);

        (await receiver.Http.GetAsync(receiver.Address, Receiver.Token)).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await receiver.Http.SendAsync(request, Receiver.Token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private Task Handle(WebhookEvent received, CancellationToken cancellationToken)
    {
        lock (_handled)
        {
            _handled.Add(received);
        }

        return Task.CompletedTask;
    }
}
