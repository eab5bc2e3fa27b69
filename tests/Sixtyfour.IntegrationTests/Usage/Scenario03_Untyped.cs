using System.Text.Json;
using System.Text.Json.Serialization;
using Sixtyfour.Emulator;

namespace Sixtyfour.IntegrationTests.Usage;

public sealed partial class Scenario03_Untyped
{
    [Fact]
    public async Task Every_form_of_a_field_brings_its_value()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var sixtyfour = emulator.CreateClient();

        var lead = new LeadInfo { Name = "Nadia Okafor", Company = "Example Robotics", ["badge"] = 30, ["remote"] = true };

        Enrichment found = await sixtyfour.Leads.EnrichAsync(lead, new()
        {
            ["email"] = "Work email address",                    // a  description
            ["age"] = StructField.Int("Age in years"),           // b  description and type
            ["bio"] = new StructField("One line"),               // c  an object that has only a description
            ["badge"] = StructField.Str(),                       // d  only a type: the 30 above comes back as "30"
            ["score"] = 95.5,                                    // e  an example value, here a float
            ["active"] = false,                                  // e  an example value, here a bool
            ["skills"] = StructField.ListOf(FieldType.Str, "Skills named in public profiles"),
            ["history"] = StructField.Dict("Employer to years spent there"),
        }, cancellationToken: ct);

        string? email = found["email"].AsString();      // null when nothing was found, never ""
        int? age = found["age"].AsInt32();              // 41, "41" and 41.0 all read as 41
        IReadOnlyList<string>? skills = found["skills"].AsStrings();    // an array, or one of the list-as-text forms
        JsonElement raw = found.StructuredData;         // everything, just as it came
        email.Should().Contain("@");
        age.Should().BeInRange(18, 99);
        found["bio"].AsString().Should().NotBeNullOrEmpty();
        found["badge"].AsString().Should().Be("30");
        found["score"].AsDouble().Should().NotBeNull();
        found["active"].AsBoolean().Should().NotBeNull();
        skills.Should().NotBeNullOrEmpty();
        found["history"].AsJson()!.Value.ValueKind.Should().Be(JsonValueKind.Object);
        raw.GetProperty("remote").GetBoolean().Should().BeTrue();
        found.Missing.Should().BeEmpty();
        foreach (SourceReference source in found.References)
        {
            source.Url.Should().StartWith("https://");
            source.Description.Should().NotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Every_form_of_a_field_is_written_as_documented()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var sixtyfour = emulator.CreateClient();

        await sixtyfour.Leads.EnrichAsync(Leads.Nadia, new()
        {
            ["a"] = "Work email address",
            ["b"] = StructField.Int("Age in years"),
            ["c"] = new StructField("One line"),
            ["d"] = StructField.Str(),
            ["e"] = 95.5,
            ["f"] = false,
            ["g"] = StructField.ListOf(FieldType.Str, "Skills"),
        }, cancellationToken: ct);

        emulator.Requests[0].Body!.Value.GetProperty("struct").GetRawText().Should().Be(
            """{"a":"Work email address","b":{"description":"Age in years","type":"int"},"c":{"description":"One line"},"d":{"type":"str"},"e":95.5,"f":"""
                + """false,"g":{"description":"Skills","type":"list[str]"}}""");
    }

    [Fact]
    public async Task What_was_not_found_is_missing_and_reads_as_null()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        emulator.Answer("/enrich-lead", _ => new() { ["email"] = "", ["age"] = null });
        using var sixtyfour = emulator.CreateClient();

        var found = await sixtyfour.Leads.EnrichAsync(
            Leads.Nadia, new() { ["email"] = "Work email", ["age"] = StructField.Int("Age"), ["phone"] = "Phone" }, cancellationToken: ct);

        found.Missing.Should().BeEquivalentTo("email", "age", "phone");
        found["email"].AsString().Should().BeNull();
        found["age"].AsInt32().Should().BeNull();
        found["phone"].AsString().Should().BeNull();
    }

    [Fact]
    public async Task A_lead_may_come_from_columns_a_record_or_an_object_and_blanks_are_not_sent()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var emulator = await SixtyfourEmulator.StartAsync(o => o.RunTime = _ => TimeSpan.Zero, ct);
        using var sixtyfour = emulator.CreateClient();
        var csvRow = new Dictionary<string, string?> { ["name"] = "Nadia Okafor", ["company"] = "Example Robotics", ["phone"] = " ", ["title"] = null };

        LeadInfo fromColumns = LeadInfo.From(csvRow!);                                    // any dictionary of texts
        LeadInfo fromRecord = LeadInfo.From(new Row("Nadia Okafor", "Example Robotics", null), LeadJson.Default.Row);   // a record of your own
        LeadInfo fromObject = LeadInfo.FromObject(new { name = "Nadia Okafor", company = "Example Robotics", dept = 7 });
        foreach (var lead in new[] { fromColumns, fromRecord, fromObject })
        {
            await sixtyfour.Leads.EnrichAsync(lead, new() { ["title"] = "Job title" }, cancellationToken: ct);
        }

        emulator.Requests.Select(request => request.Body!.Value.GetProperty("lead_info").GetRawText()).Should().Equal(
            """{"name":"Nadia Okafor","company":"Example Robotics"}""",
            """{"name":"Nadia Okafor","company":"Example Robotics"}""",
            """{"name":"Nadia Okafor","company":"Example Robotics","dept":7}""");
    }

    internal sealed record Row(string Name, string Company, string? Phone);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Row))]
    internal sealed partial class LeadJson : JsonSerializerContext;
}
