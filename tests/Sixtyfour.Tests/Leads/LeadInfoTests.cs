using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sixtyfour.Tests.Fields;

namespace Sixtyfour.Tests.Leads;

public sealed class LeadInfoTests
{
    [Fact]
    public void Every_property_is_sent_under_its_wire_name()
    {
        var lead = new LeadInfo
        {
            Name = "Nadia Okafor",
            FirstName = "Nadia",
            LastName = "Okafor",
            Title = "VP",
            Company = "Example Robotics",
            CompanyDomain = "example.com",
            Location = "Lagos",
            LinkedIn = "https://www.linkedin.com/in/nadia-okafor-example",
            Email = "nadia@example.com",
            Phone = "1",
            Username = "nadia",
            Description = "engineer",
        };

        JsonNode.Parse(Writing.ToJson(lead.WriteTo))!.AsObject().Select(member => member.Key).Should().Equal(
            "name", "first_name", "last_name", "title", "company", "company_domain", "location", "linkedin", "email", "phone", "username", "description");
    }

    [Fact]
    public void Null_and_blank_members_are_never_sent()
    {
        var lead = new LeadInfo
        {
            Name = "Nadia Okafor",
            Title = "",
            Company = null,
            Email = " ",
            ["a"] = null,
            ["b"] = "",
            ["c"] = "\t",
            ["d"] = JsonValue.Create(" "),
        };

        Writing.ToJson(lead.WriteTo).Should().Be("""{"name":"Nadia Okafor"}""");
    }

    [Fact]
    public void Other_members_keep_their_type()
    {
        var lead = new LeadInfo { ["badge"] = 30, ["remote"] = true, ["tags"] = new JsonArray("a"), ["attribute:score"] = 1.5 };

        Writing.ToJson(lead.WriteTo).Should().Be("""{"badge":30,"remote":true,"tags":["a"],"attribute:score":1.5}""");
        lead["badge"]!.GetValue<int>().Should().Be(30);
        lead["nothing"].Should().BeNull();
    }

    [Fact]
    public void A_property_and_its_wire_name_are_one_member()
    {
        var lead = new LeadInfo { CompanyDomain = "a.example.com", ["company_domain"] = "b.example.com", ["phone"] = 123 };

        lead.CompanyDomain.Should().Be("b.example.com");
        lead.Phone.Should().Be("123");
        lead.Name = "Nadia Okafor";
        lead["name"]!.GetValue<string>().Should().Be("Nadia Okafor");
        lead.CompanyDomain = null;
        Writing.ToJson(lead.WriteTo).Should().Be("""{"phone":123,"name":"Nadia Okafor"}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_blank_name_is_refused(string? name)
    {
        var set = () => new LeadInfo { [name!] = 1 };
        set.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void It_is_made_from_columns_of_texts_nullable_or_not()
    {
        var texts = new Dictionary<string, string> { ["name"] = "Nadia Okafor", ["dept"] = "7", ["email"] = "" };
        var nullable = new Dictionary<string, string?> { ["name"] = "Nadia Okafor", ["email"] = null };

        Writing.ToJson(LeadInfo.From(texts).WriteTo).Should().Be("""{"name":"Nadia Okafor","dept":"7"}""");
        Writing.ToJson(LeadInfo.From(nullable).WriteTo).Should().Be("""{"name":"Nadia Okafor"}""");
        LeadInfo.From(texts).Name.Should().Be("Nadia Okafor");
    }

    [Fact]
    public void Two_filled_columns_of_one_name_are_refused_by_name_and_not_by_value()
    {
        var from = () => LeadInfo.From(Columns(("name", "Nadia"), ("name", "Okafor")));
        from.Should().Throw<ArgumentException>().WithMessage("*'name'*").Which.Message.Should().NotContain("Okafor");
    }

    [Fact]
    public void An_empty_column_without_a_name_is_left_out_and_a_filled_one_refused()
    {
        Writing.ToJson(LeadInfo.From(Columns(("name", "Nadia"), ("", ""))).WriteTo).Should().Be("""{"name":"Nadia"}""");
        var from = () => LeadInfo.From(Columns(("", "x")));
        from.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void It_is_made_from_JSON_which_it_copies()
    {
        var json = new JsonObject { ["name"] = "Nadia Okafor", ["badge"] = 30, ["empty"] = null, ["tags"] = new JsonArray("a") };
        var lead = LeadInfo.From(json);
        json["tags"]!.AsArray().Add("b");

        Writing.ToJson(lead.WriteTo).Should().Be("""{"name":"Nadia Okafor","badge":30,"tags":["a"]}""");
    }

    [Fact]
    public void It_is_made_from_a_record_under_the_names_of_its_contract() =>
        Writing.ToJson(LeadInfo.From(new CrmRow("Nadia Okafor", "example.com", null, 7), CrmJson.Default.CrmRow).WriteTo)
            .Should().Be("""{"name":"Nadia Okafor","company_domain":"example.com","badge":7}""");

    [Fact]
    public void It_is_made_from_any_object() =>
        Writing.ToJson(LeadInfo.FromObject(new { name = "Nadia", CompanyDomain = "example.com", dept = 7, email = (string?)null }).WriteTo)
            .Should().Be("""{"name":"Nadia","company_domain":"example.com","dept":7}""");

    [Fact]
    public void What_is_not_written_as_an_object_is_refused_by_type()
    {
        var from = () => LeadInfo.FromObject(Array.Empty<int>());
        from.Should().Throw<ArgumentException>().Which.Message.Should().Contain("int[]");
    }

    [Fact]
    public void Printing_it_names_the_members_and_no_value() =>
        new LeadInfo { Name = "Nadia Okafor", Email = "", ["badge"] = 30 }.ToString().Should().Be("Lead with name, badge");

    private static List<KeyValuePair<string, string>> Columns(params (string Name, string Value)[] columns) =>
        [.. columns.Select(column => new KeyValuePair<string, string>(column.Name, column.Value))];
}

public sealed record CrmRow(string Name, string CompanyDomain, string? Email, int Badge);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CrmRow))]
internal sealed partial class CrmJson : JsonSerializerContext;
