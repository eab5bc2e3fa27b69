
namespace Sixtyfour.Http;

/// <summary>Copies what a response says besides its body. A copy, because the message would bring the request and its key along.</summary>
internal static class ResponseInfos
{
    /// <param name="response">What came.</param>
    /// <param name="attempts">How often it was asked for.</param>
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
            all.Headers.Where(header => header.Value.IndexOf('?') < 0).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
            attempts);
    }
}
