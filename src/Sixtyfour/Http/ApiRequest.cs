using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Http;

/// <summary>One call as a feature describes it. <see cref="Transport"/> decides from <see cref="ApiRequest.IsRepeatable"/> and <see cref="ApiRequest.Time"/> alone.</summary>
internal sealed class ApiRequest<TAnswer>(HttpMethod method, string path, JsonTypeInfo<TAnswer> answer) : ApiRequest(method, path)
{
    public JsonTypeInfo<TAnswer> Answer { get; } = answer;
}

/// <inheritdoc cref="ApiRequest{TAnswer}"/>
internal abstract class ApiRequest(HttpMethod method, string path)
{
    public HttpMethod Method { get; } = method;

    /// <summary>Relative to the endpoint, without a leading slash; ids in it are escaped.</summary>
    public string Path { get; } = path;

    /// <summary>The path without ids, for logs and metrics.</summary>
    public required string Route { get; init; }

    /// <summary>Null for GET only: what costs or changes something always has a body, because its content object is what makes the sending visible.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>Sending this twice costs and changes nothing that sending it once does not.</summary>
    public required bool IsRepeatable { get; init; }

    public required TimeClass Time { get; init; }

    /// <summary>Once the body can no longer be taken back, the caller's token is not heeded until the answer is here: it holds an id that is paid for.</summary>
    public bool StartsJob { get; init; }

    /// <summary>A bulk file, for which the service has a limit of its own.</summary>
    public bool IsBulkSubmission { get; init; }

    /// <summary>Queues for its turn as long as the call may take, whatever <see cref="RateLimitOptions.MaxWait"/> says: a run paces itself by that queue.</summary>
    public bool IsPatient { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Somebody looks again when this fails, so failing is nothing to warn of.</summary>
    public bool IsLook { get; init; }

    /// <summary>The job this asks about; it goes into every error.</summary>
    public string? JobId { get; init; }

    /// <summary>An empty answer is one, too.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Status and headers are part of the answer.</summary>
    public bool WantsInfo { get; init; }

    public RequestOptions? Options { get; init; }
}
