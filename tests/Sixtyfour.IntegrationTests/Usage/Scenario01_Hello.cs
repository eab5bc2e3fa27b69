using System.ComponentModel;
using Sixtyfour.Emulator;
using Sixtyfour.Testing;

namespace Sixtyfour.IntegrationTests.Usage;

[Collection(EnvironmentVariables.Collection)]
public sealed class Scenario01_Hello
{
    [Fact]
    public async Task A_client_needs_no_more_than_the_key_in_the_environment()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var environment = new EnvironmentVariables(emulator.ApiKey, emulator.Endpoint.ToString());

        using var sixtyfour = new SixtyfourClient();   // SIXTYFOUR_API_KEY
        var found = await sixtyfour.Leads.EnrichAsync<Engineer>(new() { Name = "Nadia Okafor", Company = "Example Robotics" }, cancellationToken: ct);

        $"{found.Data.Title}, {found.Data.YearsExperience} years, confidence {found.ConfidenceScore}/10"
            .Should().MatchRegex("^VP Engineering, [0-9]+ years, confidence 8.5/10$");
        emulator.Requests.Should().ContainSingle().Which.Path.Should().Be("/enrich-lead");
    }

    [Fact]
    public async Task One_client_makes_call_after_call_over_one_connection()
    {
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, TestContext.Current.CancellationToken);
        using var environment = new EnvironmentVariables(emulator.ApiKey, emulator.Endpoint.ToString());
        using var sixtyfour = new SixtyfourClient();

        for (var call = 0; call < 3; call++)
        {
            await sixtyfour.Leads.EnrichAsync<Engineer>(Leads.Nadia, cancellationToken: TestContext.Current.CancellationToken);
        }

        emulator.Requests.Should().HaveCount(3);
        emulator.ConnectionsAccepted.Should().Be(1);
    }

    private sealed record Engineer(
        [Description("Current job title")] string? Title, [Description("Total years of work experience")] int? YearsExperience);
}
