namespace Sixtyfour.Http;

/// <summary>Copies what a response says besides its body. A copy, because the message would bring the request and its key along.</summary>
internal static class ResponseInfos
{
    public static ResponseInfo Create(HttpResponseMessage response, int attempts)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Headers)
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }

        foreach (var header in response.Content?.Headers.AsEnumerable() ?? [])
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }

        return new(response.StatusCode, headers, attempts);
    }

    /// <summary>The same without what may repeat a signed address.</summary>
    public static ResponseInfo CreateWithoutAddresses(HttpResponseMessage response, int attempts)
    {
        var all = Create(response, attempts);
        return new(
            all.StatusCode,
            all.Headers.Where(header => header.Value.IndexOf('?') < 0).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
            attempts);
    }
}
