using System.Reflection;

namespace Sixtyfour.Tests.Surface;

/// <summary>What a call does not honor is not on its options, so the compiler refuses it.</summary>
public sealed class OptionsSplitTests
{
    [Theory]
    [InlineData(typeof(LeadOptions), "WebhookUrl")]
    [InlineData(typeof(CompanyOptions), "WebhookUrl")]
    [InlineData(typeof(LeadOptions), "Fields")]
    [InlineData(typeof(LeadOptions), "TypeInfo")]
    [InlineData(typeof(CompanyOptions), "PersonTypeInfo")]
    [InlineData(typeof(ManyOptions<string, LeadOptions>), "TotalTimeout")]
    [InlineData(typeof(ManyOptions<string, LeadOptions>), "DispatchId")]
    [InlineData(typeof(ManyOptions<string, CompanyOptions>), "FindPeople")]
    [InlineData(typeof(CompanyStartOptions), "DispatchId")]
    [InlineData(typeof(LeadStartOptions), "MaxCostCents")]
    public void An_option_that_would_be_ignored_does_not_compile(Type options, string name) => options.GetProperty(name).Should().BeNull();

    [Theory]
    [InlineData(typeof(LeadStartOptions), "WebhookUrl")]
    [InlineData(typeof(CompanyStartOptions), "WebhookUrl")]
    [InlineData(typeof(CompanyStartOptions), "PersonFields")]
    [InlineData(typeof(ManyOptions<string, LeadOptions>), "WebhookUrl")]
    [InlineData(typeof(ManyOptions<string, LeadOptions>), "Each")]
    public void An_option_that_is_honored_is_there(Type options, string name) => options.GetProperty(name).Should().NotBeNull();

    [Fact]
    public void No_client_has_an_overload_for_a_token_alone()
    {
        Type[] clients = [typeof(ILeadsClient), typeof(LeadsClientExtensions), typeof(ICompaniesClient), typeof(CompaniesClientExtensions)];
        clients.SelectMany(client => client.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters().LastOrDefault() is { IsOptional: false } last && last.ParameterType == typeof(CancellationToken))
            .Select(method => method.Name).Should().BeEmpty();
    }

    [Fact]
    public void A_client_of_people_is_one_of_leads_and_adds_nothing() =>
        typeof(IPeopleClient).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Should().BeEmpty();

    [Fact]
    public void A_verdict_that_was_never_given_is_no_reason_to_accept() => default(WebhookVerdict).Should().Be(WebhookVerdict.NotVerified);
}
