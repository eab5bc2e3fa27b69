using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>What is known about a person. The more you set, the more likely the research finds the right one.</summary>
/// <remarks>
/// Null and blank members are never sent. A property and its wire name are one member: <c>lead["company_domain"]</c> is <see cref="CompanyDomain"/>.
/// Anything else is set by name and takes part in type casting: a number given here comes back as a number. Source: the vendor's lead page and notebook.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class LeadInfo
{
    private readonly InputMembers _members;

    /// <summary>Makes an empty input.</summary>
    public LeadInfo()
        : this(new InputMembers())
    {
    }

    private LeadInfo(InputMembers members) => _members = members;

    /// <summary>Full name; sent as <c>name</c>.</summary>
    public string? Name { get => Text("name"); set => Set("name", value); }

    /// <summary>Sent as <c>first_name</c>.</summary>
    public string? FirstName { get => Text("first_name"); set => Set("first_name", value); }

    /// <summary>Sent as <c>last_name</c>.</summary>
    public string? LastName { get => Text("last_name"); set => Set("last_name", value); }

    /// <summary>Job title; sent as <c>title</c>.</summary>
    public string? Title { get => Text("title"); set => Set("title", value); }

    /// <summary>Name of the employer; sent as <c>company</c>.</summary>
    public string? Company { get => Text("company"); set => Set("company", value); }

    /// <summary>Web domain of the employer, such as <c>example.com</c>; sent as <c>company_domain</c>.</summary>
    public string? CompanyDomain { get => Text("company_domain"); set => Set("company_domain", value); }

    /// <summary>Where the person lives or works; sent as <c>location</c>.</summary>
    public string? Location { get => Text("location"); set => Set("location", value); }

    /// <summary>Address of the LinkedIn profile; sent as <c>linkedin</c>.</summary>
    public string? LinkedIn { get => Text("linkedin"); set => Set("linkedin", value); }

    /// <summary>E-mail address; sent as <c>email</c>.</summary>
    public string? Email { get => Text("email"); set => Set("email", value); }

    /// <summary>Phone number; sent as <c>phone</c>.</summary>
    public string? Phone { get => Text("phone"); set => Set("phone", value); }

    /// <summary>A name used on some site; sent as <c>username</c>.</summary>
    public string? Username { get => Text("username"); set => Set("username", value); }

    /// <summary>Anything else that helps to find the right person; sent as <c>description</c>.</summary>
    public string? Description { get => Text("description"); set => Set("description", value); }

    /// <summary>Any member by its wire name, including those of the properties. Texts, numbers and Booleans convert implicitly.</summary>
    /// <param name="name">The name, sent as it is.</param>
    /// <value><see langword="null"/> when there is no such member; setting null removes it.</value>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    public JsonNode? this[string name] { get => _members.GetNode(name); set => _members.Set(name, value); }

    // To the compiler a dictionary of nullable texts and one of texts are different types; without annotations both are accepted.
#nullable disable annotations
    /// <summary>Creates an input from columns, such as a row of a CSV file, each under its own name. Blank columns are left out.</summary>
    /// <param name="columns">Any dictionary of texts, nullable or not.</param>
    /// <exception cref="ArgumentNullException"><paramref name="columns"/> is null.</exception>
    /// <exception cref="ArgumentException">A column with a value has a blank name or the name of another column.</exception>
    public static LeadInfo From(IEnumerable<KeyValuePair<string, string>> columns) => new(InputMembers.From(columns));
#nullable restore annotations

    /// <summary>Creates an input from a JSON object, each member under its own name. Null and blank members are left out.</summary>
    /// <param name="json">The members; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ArgumentException">A member has a blank name.</exception>
    public static LeadInfo From(JsonObject json) => new(InputMembers.From(json));

    /// <summary>Creates an input from your own type, with the names of its JSON contract. Null and blank members are left out.</summary>
    /// <typeparam name="T">Your type.</typeparam>
    /// <param name="value">What is known about the person.</param>
    /// <param name="typeInfo">The contract, used as it is.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> does not serialize to a JSON object.</exception>
    public static LeadInfo From<T>(T value, JsonTypeInfo<T> typeInfo) => new(InputMembers.From(value, typeInfo));

    /// <summary>
    /// Creates an input from the properties of any object, such as an anonymous one, with names in snake_case. Null and blank ones are left out.
    /// </summary>
    /// <param name="value">What is known about the person.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> does not serialize to a JSON object.</exception>
    [RequiresUnreferencedCode("Reads the properties of the object by reflection. In a trimmed application use From with a JsonTypeInfo.")]
    [RequiresDynamicCode("Reads the properties of the object by reflection. In a natively compiled application use From with a JsonTypeInfo.")]
    public static LeadInfo FromObject(object value) => new(InputMembers.FromObject(value));

    /// <summary>Names the members that will be sent; never prints a value.</summary>
    public override string ToString() => $"Lead with {string.Join(", ", _members.Names)}";

    /// <summary>Whether it has no member to send.</summary>
    internal bool IsEmpty => !_members.Names.Any();

    internal void WriteTo(Utf8JsonWriter writer) => _members.WriteTo(writer);

    private string? Text(string name) => _members.GetText(name);

    private void Set(string name, string? value) => _members.Set(name, value);
}
