using System.Text.Json.Nodes;

namespace Sixtyfour;

/// <summary>
/// Settings of one call; the base of every options type. They are read once, when the call begins. A value out of range fails with
/// <see cref="ArgumentException"/>, and nothing is sent.
/// </summary>
public class RequestOptions
{
    private Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, JsonNode?> _extraProperties = new(StringComparer.Ordinal);

    /// <summary>How long one attempt may take, including the reading of the answer.</summary>
    /// <value><see langword="null"/>: the client's limit for this kind of call. More than zero, at most 49 days.</value>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>How long the call may take with all its attempts and waits.</summary>
    /// <value>
    /// <see langword="null"/>: the client's limit for this kind of call, or <see cref="AttemptTimeout"/> where that is longer. More than zero, at most 49 days.
    /// </value>
    public TimeSpan? TotalTimeout { get; set; }

    /// <summary>How many times the request may be sent again after its first attempt.</summary>
    /// <value><see langword="null"/>: <see cref="RetryOptions.MaxRetries"/> of the client. From 0 to 20.</value>
    public int? MaxRetries { get; set; }

    /// <summary>Additional request headers. The key, <c>Host</c>, <c>Idempotency-Key</c> and the headers of the body cannot be set here.</summary>
    public IDictionary<string, string> Headers => _headers;

    /// <summary>Members of the request body that have no property yet. A member that has one cannot be overridden here.</summary>
    public IDictionary<string, JsonNode?> ExtraProperties => _extraProperties;

    /// <summary>Called once with the final response, successful or not; not called when none came.</summary>
    /// <value>None.</value>
    public Action<ResponseInfo>? OnResponse { get; set; }

    /// <summary>A snapshot of the options for calls that are sent later: changes by the caller do not affect it.</summary>
    internal virtual RequestOptions CopyForSending()
    {
        var copy = (RequestOptions)MemberwiseClone();
        copy._headers = new(_headers, StringComparer.OrdinalIgnoreCase);
        copy._extraProperties = new(StringComparer.Ordinal);
        foreach (var extra in _extraProperties)
        {
            copy._extraProperties.Add(extra.Key, extra.Value?.DeepClone());
        }

        return copy;
    }

    /// <summary>A copy with changed members; it shares headers and extra properties.</summary>
    internal static TOptions With<TOptions>(TOptions? options, Action<TOptions> change)
        where TOptions : RequestOptions, new()
    {
        var copy = options is null ? new() : (TOptions)options.MemberwiseClone();
        change(copy);
        return copy;
    }
}
