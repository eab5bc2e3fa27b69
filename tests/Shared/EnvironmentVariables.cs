namespace Sixtyfour.Testing;

/// <summary>
/// Sets environment variables and puts back what was there. They belong to the whole process: tests that use this are in one collection that runs alone.
/// </summary>
internal sealed class EnvironmentVariables : IDisposable
{
    public const string Collection = "Environment variables";
    public const string ApiKey = "SIXTYFOUR_API_KEY";
    public const string Endpoint = "SIXTYFOUR_API_ENDPOINT";

    private readonly string? _apiKey = Environment.GetEnvironmentVariable(ApiKey);
    private readonly string? _endpoint = Environment.GetEnvironmentVariable(Endpoint);

    public EnvironmentVariables(string? apiKey = null, string? endpoint = null) => Set(apiKey, endpoint);

    public void Dispose() => Set(_apiKey, _endpoint);

    private static void Set(string? apiKey, string? endpoint)
    {
        Environment.SetEnvironmentVariable(ApiKey, apiKey);
        Environment.SetEnvironmentVariable(Endpoint, endpoint);
    }
}

/// <summary>What changes the environment of the process runs while nothing else does.</summary>
[CollectionDefinition(EnvironmentVariables.Collection, DisableParallelization = true)]
public sealed class UsesEnvironmentVariables;
