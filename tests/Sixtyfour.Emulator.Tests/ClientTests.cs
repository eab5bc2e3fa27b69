using System.ComponentModel;
using Sixtyfour.Emulator.Clocks;

namespace Sixtyfour.Emulator.Tests;

/// <summary>The samples of the guide, with the client of the SDK.</summary>
public class ClientTests
{
    private static readonly LeadInfo Nadia = new() { Name = "Nadia Okafor", Company = "Example Robotics" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public enum Seniority
    {
        Junior,
        Senior,
        Executive,
    }

    [Fact]
    public async Task A_lost_answer_is_reported_and_not_paid_twice()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(cancellationToken: Token);
        using var sixtyfour = emulator.CreateClient();
        emulator.Inject(Fault.LosesTheAnswer(), "/enrich-lead");

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => sixtyfour.Leads.EnrichAsync<Founder>(Nadia, cancellationToken: Token));

        Assert.Single(emulator.Requests);
        Assert.Equal(10, emulator.ChargedCents);
    }

    [Fact]
    public async Task A_finished_job_is_seen_within_ten_seconds()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(
            options =>
            {
                options.ManualClock = true;
                options.RunTime = _ => TimeSpan.FromMinutes(4);
            },
            Token);
        using var sixtyfour = emulator.CreateClient();
        var start = emulator.Clock.GetUtcNow();

        var job = await sixtyfour.Leads.StartAsync<Founder>(Nadia, cancellationToken: Token);
        await emulator.AdvanceUntilAsync(job.WaitAsync(Token), Token);

        Assert.InRange(emulator.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(250));
    }

    [Fact]
    public async Task A_synchronous_call_passes_in_no_time_on_the_manual_clock()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options => options.ManualClock = true, Token);
        using var sixtyfour = emulator.CreateClient();

        var found = await emulator.AdvanceUntilAsync(sixtyfour.People.EnrichAsync<Founder>(Nadia, cancellationToken: Token), Token);

        Assert.Equal("VP Engineering", found.Data.Title);
        Assert.InRange(emulator.Clock.GetUtcNow() - ManualClock.Start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(600));
    }

    [Fact]
    public async Task Ten_minutes_pass_in_a_second_on_a_scaled_clock()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(
            options =>
            {
                options.TimeScale = 600;
                options.RunTime = _ => TimeSpan.FromMinutes(5);
            },
            Token);
        using var sixtyfour = emulator.CreateClient();
        emulator.Answer("/enrich-lead", lead => new() { ["title"] = $"Chief of staff of {lead["name"]}" });
        emulator.Inject(Fault.RateLimited(TimeSpan.FromSeconds(30)), "/job-status/*", times: 3);

        var found = await (await sixtyfour.Leads.StartAsync<Founder>(Nadia, cancellationToken: Token)).WaitAsync(Token);

        Assert.Equal("Chief of staff of Nadia Okafor", found.Data.Title);
        Assert.Equal(10, emulator.ChargedCents);
    }

    [Fact]
    public async Task What_is_made_up_fits_the_types_a_client_asks_for()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(options => options.RunTime = _ => TimeSpan.Zero, Token);
        using var sixtyfour = emulator.CreateClient();

        var found = await sixtyfour.Leads.EnrichAsync<Profile>(Nadia, cancellationToken: Token);

        found.Missing.Should().BeEmpty();
        found.Issues.Should().ContainSingle("a dict comes as JSON inside a text, which the client repairs").Which.Name.Should().Be("history");
        found.Data.Title.Should().Be("VP Engineering");
        found.Data.Skills.Should().NotBeEmpty();
    }

    public sealed record Founder(string? Title, int? Age);

    public sealed record Role(string? Employer, string? Title);

    public sealed record Profile
    {
        [Description("Current job title")]
        public string? Title { get; init; }

        [Description("Age in years")]
        public int? Age { get; init; }

        [Description("Share of time spent on management, 0 to 1")]
        public double? Management { get; init; }

        [Description("Is the person hiring?")]
        public bool? IsHiring { get; init; }

        [Description("How senior the role is")]
        public Seniority? Seniority { get; init; }

        [Description("Skills named in public profiles")]
        public IReadOnlyList<string> Skills { get; init; } = [];

        [Description("Start of the current role")]
        public DateOnly? Since { get; init; }

        [Description("When the role was last checked")]
        public DateTimeOffset? CheckedAt { get; init; }

        [Description("Personal website")]
        public Uri? Website { get; init; }

        public Guid? Reference { get; init; }

        public TimeOnly? StartsWorkAt { get; init; }

        [Description("Employer to years spent there")]
        public Dictionary<string, int>? History { get; init; }

        [Description("Former roles")]
        public IReadOnlyList<Role> Roles { get; init; } = [];
    }
}
