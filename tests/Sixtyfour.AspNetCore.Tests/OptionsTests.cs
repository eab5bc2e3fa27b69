using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sixtyfour.AspNetCore.Tests.Support;

namespace Sixtyfour.AspNetCore.Tests;

public sealed class OptionsTests
{
    private const string OldSecret = "sk_whsec_ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
    private readonly Settings _settings = new();

    [Fact]
    public async Task Secrets_are_rotated_without_a_restart()
    {
        await using var receiver = await StartAsync(("Sixtyfour:WebhookSecrets:0", OldSecret));
        (await StatusAsync(receiver, "a", OldSecret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "b", Receiver.Secret)).Should().Be(HttpStatusCode.Unauthorized);

        _settings.Change(("Sixtyfour:WebhookSecrets:0", Receiver.Secret), ("Sixtyfour:WebhookSecrets:1", OldSecret));
        (await StatusAsync(receiver, "b", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "c", OldSecret)).Should().Be(HttpStatusCode.OK);

        _settings.Change(("Sixtyfour:WebhookSecrets:0", Receiver.Secret), ("Sixtyfour:WebhookSecrets:1", ""));
        (await StatusAsync(receiver, "d", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "e", OldSecret)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Sixtyfour:Tolerance", "five minutes")]
    [InlineData("Sixtyfour:Tolerance", "-00:05:00")]
    [InlineData("Sixtyfour:MaxBodyBytes", "0")]
    [InlineData("Sixtyfour:AllowUnsigned", "perhaps")]
    [InlineData("Sixtyfour:WebhookSecrets:1", "sk_whsec_with a blank")]
    public async Task A_bad_reload_is_logged_and_the_last_good_secrets_stay(string name, string value)
    {
        await using var receiver = await StartAsync(("Sixtyfour:WebhookSecrets:0", Receiver.Secret));
        (await StatusAsync(receiver, "a", Receiver.Secret)).Should().Be(HttpStatusCode.OK);

        _settings.Change(("Sixtyfour:WebhookSecrets:0", OldSecret), (name, value));

        (await StatusAsync(receiver, "b", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "c", OldSecret)).Should().Be(HttpStatusCode.Unauthorized);
        receiver.Log.All.Should().Contain("A reload of the Sixtyfour webhook options is ignored").And.NotContain("sk_whsec_");
    }

    [Fact]
    public async Task A_reload_in_the_middle_of_deliveries_refuses_none_of_them()
    {
        await using var receiver = await StartAsync(("Sixtyfour:WebhookSecrets:0", Receiver.Secret), ("Sixtyfour:WebhookSecrets:1", OldSecret));
        using var enough = new CancellationTokenSource();
        var reloads = 0;
        var rotating = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                var (one, other) = reloads++ % 2 is 0 ? (Receiver.Secret, OldSecret) : (OldSecret, Receiver.Secret);
                _settings.Change(("Sixtyfour:WebhookSecrets:0", one), ("Sixtyfour:WebhookSecrets:1", other),
                    ("Sixtyfour:Tolerance", reloads % 3 is 0 ? "nonsense" : "00:05:00"));
            }
        }, Receiver.Token);

        var answers = new ConcurrentBag<HttpStatusCode>();
        await Parallel.ForAsync(
            0, 500, Receiver.Token, async (i, _) => answers.Add(await StatusAsync(receiver, $"job-{i}", i % 2 is 0 ? Receiver.Secret : OldSecret)));
        await enough.CancelAsync();
        await rotating;

        answers.Should().HaveCount(500).And.OnlyContain(status => status == HttpStatusCode.OK);
        reloads.Should().BeGreaterThan(100);
    }

    [Fact]
    public async Task A_secret_that_is_taken_away_counts_no_more()
    {
        await using var receiver = await StartAsync(("Sixtyfour:WebhookSecrets:0", Receiver.Secret));
        (await StatusAsync(receiver, "a", Receiver.Secret)).Should().Be(HttpStatusCode.OK);

        _settings.Change();

        (await StatusAsync(receiver, "b", Receiver.Secret)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_bad_setting_ends_the_start_with_a_sentence()
    {
        var start = () => StartAsync(("Sixtyfour:WebhookSecrets:0", "\"sk_whsec_1\""), ("Sixtyfour:MaxBodyBytes", "-1"));

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Message
            .Should().Contain("MaxBodyBytes is -1").And.Contain("its value is not shown").And.NotContain("sk_whsec_");
    }

    [Fact]
    public async Task A_secret_that_is_not_in_a_list_counts()
    {
        await using var receiver = await StartAsync(("Sixtyfour:WebhookSecrets", Receiver.Secret), ("Sixtyfour:WebhookSecrets:0", OldSecret));

        (await StatusAsync(receiver, "a", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "b", OldSecret)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_limit_that_no_body_could_be_held_under_is_refused()
    {
        var start = () => StartAsync(("Sixtyfour:WebhookSecrets:0", Receiver.Secret), ("Sixtyfour:MaxBodyBytes", "2147483647"));

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("MaxBodyBytes is 2147483647: it must be from 1 to 268435456*");
    }

    [Fact]
    public async Task Both_ways_of_configuring_add_up()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, (_, _) => Task.CompletedTask),
            services => services
                .AddSixtyfourWebhooks(new ConfigurationBuilder().AddInMemoryCollection([new("WebhookSecrets:0", OldSecret)]).Build())
                .AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret)));

        (await StatusAsync(receiver, "a", OldSecret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "b", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" ")]
    public async Task A_line_end_behind_a_secret_is_trimmed_as_that_of_a_key_is(string end)
    {
        await using var receiver = await StartAsync(("Sixtyfour:WebhookSecrets:0", Receiver.Secret + end));

        (await StatusAsync(receiver, "a", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Endpoints_have_secrets_of_their_own()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints =>
            {
                endpoints.MapSixtyfourWebhook(Receiver.Path, (_, _) => Task.CompletedTask);
                endpoints.MapSixtyfourWebhook("/eu", (_, _) => Task.CompletedTask, optionsName: "eu");
            },
            services => services
                .AddSixtyfourWebhooks(options => options.WebhookSecrets.Add(Receiver.Secret))
                .AddSixtyfourWebhooks("eu", new ConfigurationBuilder().AddInMemoryCollection([new("WebhookSecrets:0", OldSecret)]).Build()));

        (await StatusAsync(receiver, "a", Receiver.Secret)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(receiver, "b", OldSecret)).Should().Be(HttpStatusCode.Unauthorized);
        (await receiver.DeliverAsync(Bodies.Done("c"), secret: OldSecret, path: "/eu")).Status.Should().Be(HttpStatusCode.OK);
        (await receiver.DeliverAsync(Bodies.Done("d"), secret: Receiver.Secret, path: "/eu")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Named_options_alone_are_enough_and_are_checked_at_the_start()
    {
        await using var receiver = await Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, (_, _) => Task.CompletedTask, optionsName: "eu"),
            services => services.AddSixtyfourWebhooks("eu", options => options.WebhookSecrets.Add(OldSecret)));
        var bad = () => Receiver.StartAsync(_ => { }, services => services.AddSixtyfourWebhooks("eu", options => options.MaxBodyBytes = 0));

        (await StatusAsync(receiver, "a", OldSecret)).Should().Be(HttpStatusCode.OK);
        (await bad.Should().ThrowAsync<OptionsValidationException>()).WithMessage("MaxBodyBytes is 0*");
    }

    [Theory]
    [InlineData(null, "*AddSixtyfourWebhooks*")]
    [InlineData("us", "*'us'*AddSixtyfourWebhooks*")]
    public async Task An_endpoint_whose_options_are_not_registered_says_so(string? name, string message)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSixtyfourWebhooks("eu", options => options.WebhookSecrets.Add(OldSecret));
        await using var app = builder.Build();

        app.Invoking(a => a.MapSixtyfourWebhook("/x", optionsName: name)).Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    [Fact]
    public void No_text_form_shows_a_secret()
    {
        var options = new SixtyfourWebhookOptions { WebhookSecrets = { Receiver.Secret } };

        options.ToString().Should().Be("SixtyfourWebhookOptions with 1 secret(s)");
    }

    [Fact]
    public async Task Mapping_without_registering_says_what_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        app.Invoking(a => a.MapSixtyfourWebhook("/x")).Should().Throw<InvalidOperationException>().WithMessage("*AddSixtyfourWebhooks*");
    }

    private static async Task<HttpStatusCode> StatusAsync(Receiver receiver, string job, string secret) =>
        (await receiver.DeliverAsync(Bodies.Done(job), eventId: job, secret: secret)).Status;

    private Task<Receiver> StartAsync(params (string Name, string Value)[] settings)
    {
        _settings.Change(settings);
        IConfiguration? section = null;
        return Receiver.StartAsync(
            endpoints => endpoints.MapSixtyfourWebhook(Receiver.Path, (_, _) => Task.CompletedTask),
            services => services.AddSixtyfourWebhooks(section!.GetSection("Sixtyfour")),
            // Not the application's own: on .NET 8 its host filtering answers 400 now and then while that is reloaded.
            configuration: _ => section = new ConfigurationBuilder().Add(_settings).Build());
    }

    private sealed class Settings : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Change(params (string Name, string Value)[] settings)
        {
            Data = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase);
            OnReload();
        }
    }
}
