using System.Text.Json.Serialization.Metadata;

namespace Sixtyfour.Http;

/// <summary>
/// One call as a feature describes it. <see cref="Transport"/> decides from <see cref="ApiRequest.IsRepeatable"/> and <see cref="ApiRequest.Time"/> alone.
/// </summary>
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

    /// <summary>Null for GET only: what costs or changes something always has a body, because only its content object shows when it is sent.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>Sending it twice costs and changes no more than sending it once.</summary>
    public required bool IsRepeatable { get; init; }

    public required TimeoutKind Time { get; init; }

    /// <summary>
    /// The answer holds an id that is paid for: <see cref="ApiAnswer{T}.JobId"/> is set, and once the body can no longer be taken back, the caller's token is
    /// not honored until the answer is here.
    /// </summary>
    public bool StartsJob { get; init; }

    /// <summary>A bulk file, for which the service has a limit of its own.</summary>
    public bool IsBulkSubmission { get; init; }

    /// <summary>Waits for a permit as long as the call may take, whatever <see cref="RateLimitOptions.MaxWait"/> is: that queue paces a run.</summary>
    public bool IsPatient { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Asked when an attempt that may have been charged could be repeated, which may charge again. False ends the call with the failure of that attempt.
    /// </summary>
    public Func<bool>? ReserveRepeat { get; init; }

    /// <summary>A poll of a wait, which polls again when this fails; so a failure is not logged as a warning.</summary>
    public bool IsPoll { get; init; }

    /// <summary>The job this asks about; it goes into every error.</summary>
    public string? JobId { get; init; }

    /// <summary>An empty answer is also valid.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Status and headers are part of the answer.</summary>
    public bool WantsInfo { get; init; }

    public RequestOptions? Options { get; init; }
}

/// <summary>A success, read.</summary>
/// <param name="Value">What came.</param>
/// <param name="JobId">The id in the answer to a start; null for any other request.</param>
/// <param name="Info">Status and headers, where they are wanted.</param>
/// <param name="Attempts">How many times the request was sent.</param>
/// <param name="HadDoubts">An earlier attempt of this call may have been accepted.</param>
internal readonly record struct ApiAnswer<T>(T Value, string? JobId, ResponseInfo? Info, int Attempts, bool HadDoubts);

/// <summary>What the service takes as an idempotency key (vendor's bulk page).</summary>
internal static class Idempotency
{
    private const int Longest = 255;

    public static string? Check(string? key) => key switch
    {
        null => null,
        { Length: 0 or > Longest } =>
            throw new ArgumentException($"The idempotency key has {key.Length} characters: the service takes 1 to {Longest}.", nameof(key)),
        _ when !key.All(c => c is >= ' ' and <= '~') =>
            throw new ArgumentException("The idempotency key holds characters that no header can carry: use printable ASCII.", nameof(key)),
        _ => key,
    };
}
