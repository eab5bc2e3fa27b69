using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sixtyfour.Tests.Fields;

namespace Sixtyfour.Tests.Companies;

public sealed class CompanyInfoTests
{
    [Fact]
    public void Every_property_is_sent_under_its_wire_name()
    {
        var company = new CompanyInfo
        {
            Name = "Example Robotics",
            Website = "https://example.com",
            Domain = "example.com",
            LinkedIn = "https://www.linkedin.com/company/example-robotics",
            Address = "Lagos",
            Phone = "1",
            Industry = "Robotics",
        };

        JsonNode.Parse(Writing.ToJson(company.WriteTo))!.AsObject().Select(member => member.Key).Should().Equal(
            "company_name", "website", "domain", "linkedin", "address", "phone_number", "industry");
    }

    [Fact]
    public void Null_and_blank_members_are_never_sent_and_others_keep_their_type()
    {
        var company = new CompanyInfo { Name = " ", Website = null, ["founded"] = 2019, ["remote"] = true, ["a"] = "" };

        Writing.ToJson(company.WriteTo).Should().Be("""{"founded":2019,"remote":true}""");
        company.IsEmpty.Should().BeFalse();
        new CompanyInfo { Name = "\t" }.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void It_is_made_from_columns_from_JSON_from_a_type_and_from_any_object()
    {
        var fromColumns = CompanyInfo.From(new Dictionary<string, string> { ["company_name"] = "Example Robotics", ["website"] = "" });
        var fromJson = CompanyInfo.From(new JsonObject { ["company_name"] = "Example Robotics" });
        var fromType = CompanyInfo.From(new Named("Example Robotics"), CompanyJson.Default.Named);
        var fromObject = CompanyInfo.FromObject(new { CompanyName = "Example Robotics" });

        new[] { fromColumns, fromJson, fromType, fromObject }.Should().AllSatisfy(company =>
            Writing.ToJson(company.WriteTo).Should().Be("""{"company_name":"Example Robotics"}"""));
    }

    [Fact]
    public void Its_text_names_members_and_shows_no_value()
    {
        new CompanyInfo { Name = "Example Robotics", Phone = "1" }.ToString().Should().Be("Company with company_name, phone_number");
    }

    internal sealed record Named(string CompanyName);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CompanyInfoTests.Named))]
internal sealed partial class CompanyJson : JsonSerializerContext;
