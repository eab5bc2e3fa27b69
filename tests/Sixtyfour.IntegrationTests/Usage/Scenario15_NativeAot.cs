using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed partial class Scenario15_NativeAot
{
    [Fact]
    public async Task A_registered_context_answers_for_its_types()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        var options = new SixtyfourClientOptions { TypeInfoResolver = AppJson.Default };    // once
        emulator.Configure(options);
        using var sixtyfour = new SixtyfourClient(options: options);

        var found = await sixtyfour.Leads.EnrichAsync<Engineer>(new() { Name = "Nadia Okafor", Company = "Example Robotics" }, cancellationToken: ct);
        // or per call; T is inferred
        var same = await sixtyfour.Leads.EnrichAsync(
            new() { Name = "Nadia Okafor", Company = "Example Robotics" }, EnrichmentStruct.For(AppJson.Default.Engineer), cancellationToken: ct);

        found.Data.Title.Should().Be("VP Engineering");
        same.Data.Title.Should().Be("VP Engineering");
        emulator.Requests[0].Body!.Value.GetProperty("struct").GetRawText().Should().Be(
            """{"title":{"description":"Current job title","type":"str"},"years_at_work":{"description":"Years at work","type":"int"}}""");
        emulator.Requests[1].Body!.Value.GetProperty("struct").EnumerateObject().Select(field => field.Name)
            .Should().Equal(["Title", "YearsAtWork"], "a contract given per call is used just as it is");
    }

    [Fact]
    public async Task A_type_that_has_no_contract_is_told_in_one_sentence()
    {
        using var program = Process.Start(ProcessWithoutReflection(nameof(Without_reflection_the_first_call_says_what_to_add)))!;
        var output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.Should().MatchRegex(@"Total: 1,.*Failed: 0, Skipped: 0, Not Run: 0");
        program.ExitCode.Should().Be(0);
    }

    [Fact(Explicit = true)]
    public async Task Without_reflection_the_first_call_says_what_to_add()
    {
        JsonSerializer.IsReflectionEnabledByDefault.Should().BeFalse();
        using var sixtyfour = new SixtyfourClient("key", new() { TypeInfoResolver = AppJson.Default });

        var call = () => sixtyfour.Leads.EnrichAsync<Stranger>(Leads.Nadia, cancellationToken: TestContext.Current.CancellationToken);

        (await call.Should().ThrowAsync<InvalidOperationException>()).WithMessage(
            "No JSON contract for Stranger: add [JsonSerializable(typeof(Stranger))] to your JsonSerializerContext and set TypeInfoResolver.");
    }

    // Trimming and native compilation turn reflection off for a whole process, so this takes one of its own.
    private static ProcessStartInfo ProcessWithoutReflection(string method)
    {
        var assembly = typeof(Scenario15_NativeAot).Assembly.Location;
        var settings = Path.ChangeExtension(assembly, ".noreflection.runtimeconfig.json");
        File.WriteAllText(settings, File.ReadAllText(Path.ChangeExtension(assembly, ".runtimeconfig.json")).Replace(
            "\"configProperties\": {",
            "\"configProperties\": { \"System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault\": false,", StringComparison.Ordinal));
        string[] arguments = ["exec", "--runtimeconfig", settings, "--depsfile", Path.ChangeExtension(assembly, ".deps.json"), assembly,
            "-noLogo", "-noColor", "-explicit", "only", "-method", $"{typeof(Scenario15_NativeAot).FullName}.{method}"];
        return new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true };
    }

    internal sealed record Engineer([Description("Current job title")] string? Title, int? YearsAtWork);

    internal sealed record Stranger(string? Title);

    [JsonSerializable(typeof(Engineer))]
    internal sealed partial class AppJson : JsonSerializerContext;
}
