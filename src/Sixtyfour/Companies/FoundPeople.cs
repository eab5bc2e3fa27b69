using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Fields;
using Sixtyfour.Json;

namespace Sixtyfour.Companies;

/// <summary>Finds the people in an answer about a company: in a list, by department, or in an org chart. Nothing here throws.</summary>
internal sealed class FoundPeople(EnrichmentStruct? asked)
{
    // The first, inside structured_data, is documented and observed; the others are known from clients of the service.
    private static readonly string[] s_places = ["leads", "people", "associated_people", "key_people", "org_chart", "full_org_chart"];

    // These members distinguish a department or a chart from a person.
    private static readonly string[] s_groups = ["leads", "people", "key_people", "employees", "members", "staff", "departments", "teams", "org_chart"];

    // A list with any other name is a department.
    private static readonly string[] s_lists = [.. s_groups, "reports", "direct_reports", "subordinates", "children", "items", "results", "list", "data"];
    private static readonly string[] s_reports = ["reports", "direct_reports", "subordinates", "children"];

    private static readonly string[] s_names = ["name", "full_name"];
    private static readonly string[] s_titles = ["title", "job_title", "position", "role"];
    private static readonly string[] s_emails = ["email", "work_email", "email_address"];
    private static readonly string[] s_phones = ["phone", "phone_number"];
    private static readonly string[] s_companies = ["company", "company_name", "employer"];
    private static readonly string[] s_linkedIn = ["linkedin", "linkedin_url", "linkedin_profile"];

    private readonly List<FoundPerson> _found = [];

    public static IReadOnlyList<FoundPerson> In(Enrichment answer, EnrichmentStruct? asked)
    {
        foreach (var place in Places(answer))
        {
            var people = new FoundPeople(asked);
            people.AddAll(new FieldValue("", place).AsJson().GetValueOrDefault(), department: null);
            if (people._found.Count > 0)
            {
                return people._found;
            }
        }

        return [];
    }

    public static IReadOnlyList<FoundPerson<T>> In<T>(Enrichment answer, EnrichmentStruct? asked, JsonTypeInfo<T> typeInfo)
    {
        var plan = TypePlan.For(typeInfo);
        return [.. In(answer, asked).Select(person => new FoundPerson<T>(person, StructReader.Read(person.StructuredData, typeInfo, asked), plan))];
    }

    private static IEnumerable<JsonElement> Places(Enrichment answer) =>
        s_places.Select(name => answer.StructuredData.Member(name))
            .Concat(s_places.Select(name => answer.AdditionalProperties.TryGetValue(name, out var place) ? place : default));

    private void AddAll(JsonElement value, string? department)
    {
        foreach (var item in value.Items().Where(item => item.ValueKind is JsonValueKind.Object))
        {
            if (IsGroup(new StructMembers(item)))
            {
                AddGroup(item, department);
            }
            else
            {
                AddPerson(item, department);
            }
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            if (IsPerson(new StructMembers(value)))
            {
                AddPerson(value, department);
            }
            else
            {
                AddGroup(value, department);
            }
        }
    }

    // Each member with people: one of the known lists, or a department under its own name.
    private void AddGroup(JsonElement group, string? department)
    {
        department = Text(new StructMembers(group), s_names) ?? department;
        foreach (var member in group.Members())
        {
            var value = new FieldValue("", member.Value).AsJson().GetValueOrDefault();
            var isDepartment = !s_lists.Contains(member.Key, StringComparer.OrdinalIgnoreCase) && !IsPerson(new StructMembers(value));
            AddAll(value, isDepartment ? member.Key : department);
        }
    }

    private void AddPerson(JsonElement person, string? department)
    {
        var members = new StructMembers(person);
        _found.Add(new FoundPerson
        {
            StructuredData = person,
            Asked = asked,
            Name = Text(members, s_names) ?? JoinedName(members),
            Title = Text(members, s_titles),
            Email = Text(members, s_emails),
            Phone = Text(members, s_phones),
            Company = Text(members, s_companies),
            LinkedIn = Text(members, s_linkedIn),
            Department = Text(members, ["department"]) ?? department,
            Score = new FieldValue("score", members.Find("score")).AsDouble(),
        });
        foreach (var reports in s_reports.Select(members.Find))
        {
            AddAll(reports, department);
        }
    }

    private static bool IsPerson(StructMembers members) =>
        !IsGroup(members) && (Text(members, s_names) ?? JoinedName(members) ?? Text(members, s_titles) ?? Text(members, s_emails)) is not null;

    // A department has a name, too; the people in it distinguish it from a person.
    private static bool IsGroup(StructMembers members) =>
        Text(members, s_titles) is null
        && Text(members, s_emails) is null
        && s_groups.Any(name => members.Find(name).ValueKind is JsonValueKind.Array or JsonValueKind.Object);

    private static string? JoinedName(StructMembers members) => (Text(members, ["first_name"]), Text(members, ["last_name"])) switch
    {
        (null, null) => null,
        (var first, var last) => string.Join(" ", new[] { first, last }.Where(part => part is not null)),
    };

    private static string? Text(StructMembers members, string[] names) =>
        names.Select(name => ScalarReading.Text(members.Find(name))).FirstOrDefault(text => text is not null);
}
