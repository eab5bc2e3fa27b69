using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;
using Sixtyfour.Tests.Fields;

namespace Sixtyfour.Tests.Json;

public sealed class JsonContractsTests
{
    [Fact]
    public void A_context_without_a_policy_gets_snake_case() => Names<Engineer>(new(TestJson.Default)).Should().Equal("title", "years_experience");

    [Fact]
    public void A_context_with_a_policy_keeps_it() => Names<Engineer>(new(CamelJson.Default)).Should().Equal("title", "yearsExperience");

    [Fact]
    public void Reflection_writes_snake_case() => Names<Engineer>(new(null)).Should().Equal("title", "years_experience");

    [Fact]
    public void A_JsonPropertyName_always_wins() => Names<Profile>(new(TestJson.Default)).Should().Contain("x:fit");

    [Fact]
    public void Of_several_contexts_the_one_that_knows_the_type_counts()
    {
        var contracts = new JsonContracts(JsonTypeInfoResolver.Combine(CamelJson.Default, TestJson.Default));

        Names<Engineer>(contracts).Should().Equal("title", "yearsExperience");
        Names<Profile>(contracts).Should().Contain("is_hiring");
    }

    [Fact]
    public void A_contract_given_with_the_call_is_used_just_as_it_is() =>
        new JsonContracts(CamelJson.Default).For<Engineer>(TestJson.Default.Engineer).Should().BeSameAs(TestJson.Default.Engineer);

    [Fact]
    public void A_contract_of_another_type_is_refused_naming_both()
    {
        var find = () => new JsonContracts(null).For<Engineer>(TestJson.Default.Profile);
        find.Should().Throw<ArgumentException>().WithMessage("*Profile*Engineer*");
    }

    [Fact]
    public void A_contract_is_made_once()
    {
        var contracts = new JsonContracts(TestJson.Default);
        contracts.For<Engineer>().Should().BeSameAs(contracts.For<Engineer>());
    }

    [Fact]
    public void What_no_context_knows_is_found_by_reflection_where_the_application_allows_it() =>
        Names<Careful>(new(TestJson.Default)).Should().Equal("title", "age");

    private static IEnumerable<string> Names<T>(JsonContracts contracts) => contracts.For<T>().Properties.Select(property => property.Name);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Engineer))]
internal sealed partial class CamelJson : JsonSerializerContext;
