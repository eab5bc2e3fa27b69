using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sixtyfour.Json;

namespace Sixtyfour;

public sealed partial class CompanyInfo
{
    private static readonly JsonSerializerOptions s_snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

// A dictionary of nullable texts and one of texts are different types to the compiler; without annotations both go in.
#nullable disable annotations
    /// <summary>Takes every column under its own name, such as a row of a CSV file. Blank columns are left out.</summary>
    /// <param name="columns">Any dictionary of texts, nullable or not.</param>
    /// <exception cref="ArgumentNullException"><paramref name="columns"/> is null.</exception>
    /// <exception cref="ArgumentException">A filled column has a blank name or the name of another one.</exception>
    public static CompanyInfo From(IEnumerable<KeyValuePair<string, string>> columns)
#nullable restore annotations
    {
        ArgumentNullException.ThrowIfNull(columns);
        var company = new CompanyInfo();
        company._members.SetAll(columns);
        return company;
    }

    /// <summary>Takes every member under its own name. Null and blank members are left out.</summary>
    /// <param name="json">The members; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ArgumentException">A member has a blank name.</exception>
    public static CompanyInfo From(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var company = new CompanyInfo();
        company._members.SetAll(json);
        return company;
    }

    /// <summary>Takes the members of a type of your own, under the names its JSON contract gives them. Null and blank members are left out.</summary>
    /// <typeparam name="T">Your type.</typeparam>
    /// <param name="value">What is known about the company.</param>
    /// <param name="typeInfo">The contract, used just as it is.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not written as a JSON object.</exception>
    public static CompanyInfo From<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(typeInfo);
        var company = new CompanyInfo();
        company._members.SetAll(value, typeInfo);
        return company;
    }

    /// <summary>Takes the properties of any object, an anonymous one say, with their names in snake_case. Null and blank ones are left out.</summary>
    /// <param name="value">What is known about the company.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not written as a JSON object.</exception>
    [RequiresUnreferencedCode("Reads the properties of the object by reflection. In a trimmed application use From with a JsonTypeInfo.")]
    [RequiresDynamicCode("Reads the properties of the object by reflection. In a natively compiled application use From with a JsonTypeInfo.")]
    public static CompanyInfo FromObject(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.SerializeToNode(value, value.GetType(), s_snakeCase) is JsonObject json
            ? From(json)
            : throw new ArgumentException($"{TypeName.Of(value.GetType())} is not written as a JSON object, so it has no members to send.", nameof(value));
    }
}
