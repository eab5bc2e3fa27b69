using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sixtyfour.Emulator.Tests.Contract;

public sealed class ContractTests
{
    // On the vendor's pages and not in the contract, or the emulator's own.
    private static readonly string[] NotInTheContract =
    [
        "POST /enrich-lead", "POST /enrich-lead-async", "POST /enrich-company", "POST /enrich-company-async", "GET /bulk-files/{path}",
        "GET /webhooks/signing-secret", "POST /webhooks/signing-secret", "DELETE /webhooks/signing-secret", "POST /webhooks/signing-secret/roll",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. ContractCall.All.Select(call => call.ToString())];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_answer_keeps_to_the_contract(string name)
    {
        var call = ContractCall.All.Single(each => each.ToString() == name);
        await using var wire = call.OnManualClock ? await Wire.StartOnManualClockAsync(FollowTheContract) : await Wire.StartAsync(FollowTheContract);

        var response = await call.Send(wire);

        var text = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.Should().Be(call.Status, text);
        var body = JsonNode.Parse(text);
        ContractDocument.Instance.Problems(call.Operation, (int)response.StatusCode, body).Should().BeEmpty(text);
        if ((int)response.StatusCode is >= 400 and not 422)
        {
            ((string?)body!["detail"]).Should().NotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Every_operation_that_is_served_has_its_row()
    {
        ContractCall.All.Where(call => (int)call.Status < 300).Select(call => call.Operation).Distinct()
            .Should().BeEquivalentTo(ContractDocument.Instance.Operations);
    }

    [Fact]
    public async Task Every_route_is_held_against_the_contract_or_known_to_be_outside_of_it()
    {
        await using var wire = await Wire.StartAsync();

        var served = (await Wire.JsonOf(await wire.GetAsync("/nowhere")))["served"]!.AsArray().Select(route => WithoutNames((string)route!));

        served.Should().BeEquivalentTo(ContractDocument.Instance.Operations.Concat(NotInTheContract).Select(WithoutNames));
    }

    [Theory]
    [InlineData("POST", "/webhooks/signing-secret", "CreateSigningSecretResponse")]
    [InlineData("POST", "/webhooks/signing-secret/roll", "RollSigningSecretResponse")]
    [InlineData("GET", "/webhooks/signing-secret", "SigningSecretMetaResponse")]
    public async Task Signing_secrets_keep_to_their_schemas(string method, string path, string schema)
    {
        await using var wire = await Wire.StartAsync(FollowTheContract);
        wire.Emulator.RollWebhookSecret(TimeSpan.Zero);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));

        var answer = await Wire.JsonOf(await wire.Http.SendAsync(request, Token));

        ContractDocument.Instance.Problems(schema, answer).Should().BeEmpty();
    }

    [Theory]
    [InlineData("CheckBalanceResponse", "{}", "$.credits: missing")]
    [InlineData("CheckBalanceResponse", """{"credits": "5"}""", "$.credits: String, wanted number")]
    [InlineData("SearchLimitsResponse", """{"max_results": 1.5}""", "$.max_results: Number, wanted integer")]
    [InlineData("AsyncJobStartResponse", """{"task_id": "a", "status": "queued"}""", "$.status: \"queued\", wanted \"RUNNING\"")]
    [InlineData("CheckBalanceResponse[]", "[{}]", "$[0].credits: missing")]
    [InlineData("CheckBalanceResponse", "null", "$: not an object")]
    public void A_value_that_breaks_the_contract_is_found(string type, string json, string problem)
    {
        ContractDocument.Instance.Problems(type, JsonNode.Parse(json)).Should().Equal(problem);
    }

    private static void FollowTheContract(EmulatorOptions options)
    {
        options.ErrorForm = ErrorForm.Detail;
        options.HighTierEnabled = true;
    }

    private static string WithoutNames(string route) => Regex.Replace(route, @"\{\w+\}", "{}");
}
