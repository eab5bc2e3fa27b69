namespace Sixtyfour.Http;

/// <summary>Copies status and headers of a response. A copy, because the message would keep the request and its key.</summary>
internal static class ResponseInfos
{
    /// <param name="response">The response.</param>
    /// <param name="attempts">How often the request was sent.</param>
    /// <param name="key">Masked, should a header repeat it.</param>
    public static ResponseInfo Create(HttpResponseMessage response, int attempts, string key)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Headers)
        {
            headers[header.Key] = BodyText.MaskKey(string.Join(", ", header.Value), key);
        }

        foreach (var header in response.Content?.Headers.AsEnumerable() ?? [])
        {
            headers[header.Key] = BodyText.MaskKey(string.Join(", ", header.Value), key);
        }

        return new(response.StatusCode, headers, attempts);
    }

    /// <summary>The same without what may repeat a signed address.</summary>
    public static ResponseInfo CreateWithoutAddresses(HttpResponseMessage response, int attempts, string key)
    {
        var all = Create(response, attempts, key);
        return new(
            all.StatusCode,
            all.Headers.Where(header => header.Value.IndexOf('?') < 0)
                .ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
            attempts);
    }
}
