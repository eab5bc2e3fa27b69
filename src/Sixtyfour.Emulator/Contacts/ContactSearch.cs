using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Enrichment;
using Sixtyfour.Emulator.Json;
using Sixtyfour.Emulator.Randomness;
using Sixtyfour.Emulator.Server;

namespace Sixtyfour.Emulator.Contacts;

/// <summary>A way from what is known of a person to an address or a number, or back.</summary>
/// <param name="Path">The path of one search; a batch has <c>-bulk</c> behind it.</param>
/// <param name="TaskType">The service's word for the work.</param>
internal abstract record ContactSearch(string Path, string TaskType)
{
    public static IReadOnlyList<ContactSearch> All => [new EmailSearch(), new PhoneSearch(), new ReverseSearch("email"), new ReverseSearch("phone")];

    /// <summary>The member without which nothing can be found; null when any will do.</summary>
    public virtual string? Needs => null;

    /// <summary>Reads the members beside the leads into the search to be made.</summary>
    public virtual ContactSearch Read(MemberReader members) => this;

    /// <summary>What a lead costs, by the names of the price table.</summary>
    public virtual string PriceOf(JsonElement lead) => TaskType;

    /// <summary>The members that are found, beside those that were given.</summary>
    public abstract JsonObject Find(JsonElement lead, EmulatorOptions options);

    protected static bool IsFound(Person person, string what, EmulatorOptions options) =>
        person.IsSample || Dice.For(options.Seed, what, person.Key).NextDouble() >= options.NotFoundShare;

    private sealed record EmailSearch() : ContactSearch("/find-email", "find_email")
    {
        private const string Personal = "PERSONAL";
        private const string FreeOfCharge = "";

        private static readonly string[] PersonalHosts = ["gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "icloud.com", "example.org"];

        private string Mode { get; init; } = "PROFESSIONAL";

        public override ContactSearch Read(MemberReader members)
        {
            members.OptionalBool("verify_emails", otherwise: true);
            return this with { Mode = members.Word("mode", ["PROFESSIONAL", Personal]) };
        }

        public override string PriceOf(JsonElement lead) =>
            Mode == Personal ? IsPersonal(GivenAddress(lead)) ? FreeOfCharge : "find_email_personal" : "find_email";

        public override JsonObject Find(JsonElement lead, EmulatorOptions options)
        {
            var person = Person.From(lead);
            var given = GivenAddress(lead);
            var work = given ?? (IsFound(person, "email", options) ? person.Email : "");
            var found = new JsonObject { ["email"] = Addresses(work, IsPersonal(given) ? "PERSONAL" : "COMPANY") };
            if (Mode == Personal)
            {
                var address = IsPersonal(given) ? given!
                    : IsFound(person, "personal email", options) ? person.Email.Replace("example.com", "example.org", StringComparison.Ordinal)
                    : "";
                found["personal_email"] = Addresses(address, "PERSONAL");
            }

            return found;
        }

        private static JsonArray Addresses(string address, string type) => new(new JsonArray(address, address.Length > 0 ? "OK" : "NOT_FOUND", type));

        private static string? GivenAddress(JsonElement lead) =>
            EnrichmentRequest.ValueOf(lead, "email") is { ValueKind: JsonValueKind.String } email ? email.GetString() : null;

        private static bool IsPersonal(string? address) =>
            address is not null && PersonalHosts.Any(host => address.EndsWith('@' + host, StringComparison.OrdinalIgnoreCase));
    }

    private sealed record PhoneSearch() : ContactSearch("/find-phone", "find_phone")
    {
        public override JsonObject Find(JsonElement lead, EmulatorOptions options)
        {
            var person = Person.From(lead);
            if (!IsFound(person, "phone", options))
            {
                return new JsonObject { ["phone"] = "" };
            }

            // The service was seen to answer with a text and with a list of objects.
            var random = Dice.For(options.Seed, "number", person.Key);
            var number = person.IsSample ? "+1 555-0100" : string.Create(CultureInfo.InvariantCulture, $"+1 555-01{random.Next(100):00}");
            return person.IsSample || random.Next(2) == 0
                ? new JsonObject { ["phone"] = number }
                : new JsonObject { ["phone"] = new JsonArray(new JsonObject { ["number"] = number, ["region"] = "US" }) };
        }
    }

    private sealed record ReverseSearch(string Known) : ContactSearch($"/reverse-{Known}", $"reverse_{Known}")
    {
        public override string Needs => Known;

        public override JsonObject Find(JsonElement lead, EmulatorOptions options)
        {
            var known = lead.GetProperty(Known).GetRawText();
            var isNadia = known.Contains("nadia@example.com", StringComparison.OrdinalIgnoreCase) || known.Contains("555-0100", StringComparison.Ordinal);
            var number = Dice.For(options.Seed, "owner", known).Next(1000);
            var name = isNadia ? Person.Sample : string.Create(CultureInfo.InvariantCulture, $"Person {number:000}");
            var company = isNadia ? Subject.SampleCompany : "Example Labs";
            var person = Person.From(JsonText.ToElement(new JsonObject { ["name"] = name, ["company"] = company }));
            return new JsonObject
            {
                ["name"] = name,
                ["company"] = company,
                ["title"] = MadeUpTexts.For(FieldTopic.Of("title"), person, Dice.For(options.Seed, "field", person.Key, "title")),
                ["linkedin"] = person.LinkedIn,
                ["location"] = MadeUpTexts.For(FieldTopic.Of("location"), person, Dice.For(options.Seed, "field", person.Key, "location")),
            };
        }
    }
}
