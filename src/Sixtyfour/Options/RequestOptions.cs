using System.Text.Json.Nodes;

namespace Sixtyfour;

/// <summary>Settings of one call; the base of every options type. They are read once, when the call begins.</summary>
public class RequestOptions
{
    /// <summary>How long one attempt may take, the reading of the answer included.</summary>
    /// <value><see langword="null"/>: the client's limit for this kind of call.</value>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>How long the call may take with all its attempts and waits.</summary>
    /// <value><see langword="null"/>: the client's limit for this kind of call.</value>
    public TimeSpan? TotalTimeout { get; set; }

    /// <summary>How many times the request may be sent again after its first attempt.</summary>
    /// <value><see langword="null"/>: <see cref="RetryOptions.MaxRetries"/> of the client. From 0 to 20.</value>
    public int? MaxRetries { get; set; }

    /// <summary>Further request headers. The key, <c>Host</c>, <c>Idempotency-Key</c> and the headers of the body cannot be set here.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Members of the request body that have no property yet. A member that has one cannot be overridden here.</summary>
    public IDictionary<string, JsonNode?> ExtraProperties { get; } = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);

    /// <summary>Called once with the final response, success or not; not called when none arrived.</summary>
    /// <value>None.</value>
    public Action<ResponseInfo>? OnResponse { get; set; }

    /// <summary>Limits, headers and callback as they are now, for a call whose sending begins later.</summary>
    internal RequestOptions CopyForSending()
    {
        var copy = new RequestOptions { AttemptTimeout = AttemptTimeout, TotalTimeout = TotalTimeout, MaxRetries = MaxRetries, OnResponse = OnResponse };
        foreach (var header in Headers)
        {
            copy.Headers[header.Key] = header.Value;
        }

        return copy;
    }
}
