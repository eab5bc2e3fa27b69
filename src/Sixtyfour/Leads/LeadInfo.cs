using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sixtyfour.Json;

namespace Sixtyfour;

/// <summary>What is known about a person. The more it says, the surer the research finds the right one.</summary>
/// <remarks>
/// Null and blank members are never sent. A property and its wire name are one member: <c>lead["company_domain"]</c> is <see cref="CompanyDomain"/>.
/// Anything else is set by name and takes part in type casting: a number given here comes back as a number. Source: the vendor's lead page and notebook.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class LeadInfo
{
    private readonly InputMembers _members = new();

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

    /// <summary>Whatever else helps to find the right person; sent as <c>description</c>.</summary>
    public string? Description { get => Text("description"); set => Set("description", value); }

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
    public override string ToString() => $"Lead with {string.Join(", ", _members.Names)}";

    /// <summary>Nothing would be sent.</summary>
    internal bool IsEmpty => !_members.Names.Any();

    internal void WriteTo(Utf8JsonWriter writer) => _members.WriteTo(writer);

    private string? Text(string name) => _members.GetText(name);

    private void Set(string name, string? value) => _members.Set(name, value);
}
