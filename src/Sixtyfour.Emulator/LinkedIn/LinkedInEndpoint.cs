using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Jobs;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.LinkedIn;

/// <summary><c>POST /enrich-linkedin</c>: fields of one profile or company page. Has no async twin.</summary>
internal sealed class LinkedInEndpoint(WorkDesk desk, AnswerBook answers, EmulatorOptions options) : IEndpoint
{
    private const string Path = "/enrich-linkedin";

    private static readonly JsonElement UsualFields = JsonText.ToElement(new JsonObject
    {
        ["name"] = "Name",
        ["title"] = "Current job title",
        ["company"] = "Current company",
        ["location"] = "Location",
    });

    public IEnumerable<Route> Routes => [Route.Post(Path, Answer)];

    private Reply Answer(ApiRequest request)
    {
        if (request.ReadJson(out var body) is { } malformed)
        {
            return malformed;
        }

        var members = new MemberReader(body);
        var url = members.RequiredText("linkedin_url");
        var wanted = members.Optional("struct", JsonValueKind.Object) ?? UsualFields;
        if (members.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var page) || !IsLinkedIn(page.Host) || page.Segments.Length < 3)
        {
            return Reply.Detail(HttpStatusCode.BadRequest, "linkedin_url is not the address of a profile or company page");
        }

        var input = JsonText.ToElement(new JsonObject { ["linkedin_url"] = url });
        var asked = new EnrichmentRequest(input, SubjectOf(page), WantedField.All(wanted, input), "low", FieldConfidence: false);
        var found = answers.For(Path, asked);
        var result = JsonText.ToElement(new JsonObject
        {
            ["structured_data"] = found["structured_data"]!.DeepClone(),
            ["references"] = new JsonObject { [url] = "LinkedIn page" },
        });
        var work = new SingleWork(request.Path, "enrich_linkedin", options.PriceOf("enrich_linkedin"), result) { IsQuick = true };
        return desk.Accept(request, work, webhookUrl: null);
    }

    private static bool IsLinkedIn(string host) =>
        host.Equals("linkedin.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".linkedin.com", StringComparison.OrdinalIgnoreCase);

    // What stands behind /in/ or /company/, as a name: "nadia-okafor-example" is Nadia Okafor.
    private static Subject SubjectOf(Uri page)
    {
        var words = page.Segments[2].Trim('/').Split('-', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "example");
        var name = string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var isCompany = page.Segments[1] == "company/";
        var known = JsonText.ToElement(new JsonObject { [isCompany ? "company_name" : "name"] = name });
        return isCompany ? Company.From(known) : Person.From(known);
    }
}
