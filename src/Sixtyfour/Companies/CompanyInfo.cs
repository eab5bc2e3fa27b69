using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>What is known about a company. A name or a website is a good start; the more it says, the surer the research finds the right one.</summary>
/// <remarks>
/// Null and blank members are never sent. A property and its wire name are one member: <c>company["phone_number"]</c> is <see cref="Phone"/>.
/// Anything else is set by name and takes part in type casting: a number given here comes back as a number. Source: the vendor's company page and notebook.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class CompanyInfo
{
    private readonly InputMembers _members = new();

    /// <summary>Name of the company; sent as <c>company_name</c>.</summary>
    public string? Name { get => Text("company_name"); set => Set("company_name", value); }

    /// <summary>Address of the website; sent as <c>website</c>.</summary>
    public string? Website { get => Text("website"); set => Set("website", value); }

    /// <summary>Web domain, such as <c>example.com</c>; sent as <c>domain</c>.</summary>
    public string? Domain { get => Text("domain"); set => Set("domain", value); }

    /// <summary>Address of the company's LinkedIn page; sent as <c>linkedin</c>.</summary>
    public string? LinkedIn { get => Text("linkedin"); set => Set("linkedin", value); }

    /// <summary>Where the company sits; sent as <c>address</c>.</summary>
    public string? Address { get => Text("address"); set => Set("address", value); }

    /// <summary>Phone number; sent as <c>phone_number</c>.</summary>
    public string? Phone { get => Text("phone_number"); set => Set("phone_number", value); }

    /// <summary>Line of business; sent as <c>industry</c>.</summary>
    public string? Industry { get => Text("industry"); set => Set("industry", value); }

    /// <summary>Any member by its wire name, the properties' own included. Texts, numbers and truth values convert by themselves.</summary>
    /// <param name="name">The name, sent just as it is.</param>
    /// <value><see langword="null"/> when there is no such member; setting null removes it.</value>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    public JsonNode? this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            return _members.GetNode(name);
        }

        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            _members.Set(name, value);
        }
    }

    /// <summary>Names the members that will be sent; never prints a value.</summary>
    public override string ToString() => $"Company with {string.Join(", ", _members.Names)}";

    /// <summary>Nothing would be sent.</summary>
    internal bool IsEmpty => !_members.Names.Any();

    internal void WriteTo(Utf8JsonWriter writer) => _members.WriteTo(writer);

    private string? Text(string name) => _members.GetText(name);

    private void Set(string name, string? value) => _members.Set(name, value);
}
