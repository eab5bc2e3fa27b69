using Microsoft.Extensions.Options;

namespace Sixtyfour;

/// <summary>Takes settings that were not set from the environment.</summary>
internal sealed class EnvironmentFallback(Func<string, string?> read) : IPostConfigureOptions<SixtyfourClientOptions>
{
    public const string ApiKey = "SIXTYFOUR_API_KEY";
    public const string Endpoint = "SIXTYFOUR_API_ENDPOINT";

    public EnvironmentFallback()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    public void PostConfigure(string? name, SixtyfourClientOptions options) => Apply(options, isDefault: string.IsNullOrEmpty(name));

    /// <param name="options">What to fill in.</param>
    /// <param name="isDefault">A keyed client never takes the key of the environment: a tenant without one must not be billed to the operator.</param>
    public void Apply(SixtyfourClientOptions options, bool isDefault)
    {
        if (isDefault && options.ApiKeyProvider is null && string.IsNullOrWhiteSpace(options.ApiKey) && read(ApiKey) is { Length: > 0 } key)
        {
            options.ApiKey = key.Trim();
            options.KeyOrigin = $"from the environment variable {ApiKey}";
        }

        // The default instance itself is the sign that nothing was set.
        if (ReferenceEquals(options.Endpoint, SixtyfourClientOptions.DefaultEndpoint) && read(Endpoint) is { Length: > 0 } endpoint)
        {
            if (Uri.TryCreate(endpoint.Trim(), UriKind.Absolute, out var address))
            {
                options.Endpoint = address;
            }
            else
            {
                options.Unreadable.Add($"The environment variable {Endpoint} holds '{endpoint}', which is not an absolute address: correct it or unset it.");
            }
        }
    }
}
