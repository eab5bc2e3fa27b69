using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>What is known about a company. A name or a website is a good start; the more you set, the more likely the research finds the right one.</summary>
/// <remarks>
/// Null and blank members are never sent. A property and its wire name are one member: <c>company["phone_number"]</c> is <see cref="Phone"/>.
/// Anything else is set by name and takes part in type casting: a number given here comes back as a number. Source: the vendor's company page and notebook.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CompanyInfo
{
    private readonly InputMembers _members;

    /// <summary>Makes an empty input.</summary>
    public CompanyInfo()
        : this(new InputMembers())
    {
    }

    private CompanyInfo(InputMembers members) => _members = members;

    /// <summary>Name of the company; sent as <c>company_name</c>.</summary>
    public string? Name { get => Text("company_name"); set => Set("company_name", value); }

    /// <summary>Address of the website; sent as <c>website</c>.</summary>
    public string? Website { get => Text("website"); set => Set("website", value); }

    /// <summary>Web domain, such as <c>example.com</c>; sent as <c>domain</c>.</summary>
    public string? Domain { get => Text("domain"); set => Set("domain", value); }

    /// <summary>Address of the company's LinkedIn page; sent as <c>linkedin</c>.</summary>
    public string? LinkedIn { get => Text("linkedin"); set => Set("linkedin", value); }

    /// <summary>Where the company is located; sent as <c>address</c>.</summary>
    public string? Address { get => Text("address"); set => Set("address", value); }

    /// <summary>Phone number; sent as <c>phone_number</c>.</summary>
    public string? Phone { get => Text("phone_number"); set => Set("phone_number", value); }

    /// <summary>Line of business; sent as <c>industry</c>.</summary>
    public string? Industry { get => Text("industry"); set => Set("industry", value); }

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
    public static CompanyInfo From(IEnumerable<KeyValuePair<string, string>> columns) => new(InputMembers.From(columns));
#nullable restore annotations

    /// <summary>Creates an input from a JSON object, each member under its own name. Null and blank members are left out.</summary>
    /// <param name="json">The members; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ArgumentException">A member has a blank name.</exception>
    public static CompanyInfo From(JsonObject json) => new(InputMembers.From(json));

    /// <summary>Creates an input from your own type, with the names of its JSON contract. Null and blank members are left out.</summary>
    /// <typeparam name="T">Your type.</typeparam>
    /// <param name="value">What is known about the company.</param>
    /// <param name="typeInfo">The contract, used as it is.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> does not serialize to a JSON object.</exception>
    public static CompanyInfo From<T>(T value, JsonTypeInfo<T> typeInfo) => new(InputMembers.From(value, typeInfo));

    /// <summary>
    /// Creates an input from the properties of any object, such as an anonymous one, with names in snake_case. Null and blank ones are left out.
    /// </summary>
    /// <param name="value">What is known about the company.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> does not serialize to a JSON object.</exception>
    [RequiresUnreferencedCode("Reads the properties of the object by reflection. In a trimmed application use From with a JsonTypeInfo.")]
    [RequiresDynamicCode("Reads the properties of the object by reflection. In a natively compiled application use From with a JsonTypeInfo.")]
    public static CompanyInfo FromObject(object value) => new(InputMembers.FromObject(value));

    /// <summary>Names the members that will be sent; never prints a value.</summary>
    public override string ToString() => $"Company with {string.Join(", ", _members.Names)}";

    /// <summary>Whether it has no member to send.</summary>
    internal bool IsEmpty => !_members.Names.Any();

    internal void WriteTo(Utf8JsonWriter writer) => _members.WriteTo(writer);

    private string? Text(string name) => _members.GetText(name);

    private void Set(string name, string? value) => _members.Set(name, value);
}
