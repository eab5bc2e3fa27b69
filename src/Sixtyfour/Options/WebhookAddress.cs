namespace Sixtyfour;

/// <summary>What the service accepts as the address of a webhook (vendor's webhooks page and reference).</summary>
internal static class WebhookAddress
{
    private const int Longest = 2_083;

    /// <summary>The address of a call, or that of the client where the call has none.</summary>
    /// <exception cref="ArgumentException">The service would not accept it.</exception>
    public static Uri? OrDefault(Uri? ofCall, Uri? ofClient, string parameterName)
    {
        var address = ofCall ?? ofClient;
        return address is null || Problem(address) is not { } problem
            ? address
            : throw new ArgumentException($"{nameof(SixtyfourClientOptions.WebhookUrl)} {problem}", parameterName);
    }

    /// <summary>What is wrong with it, with the fix; null when nothing is. Loopback addresses may be plain http, for the emulator.</summary>
    public static string? Problem(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "is relative: give an absolute https address.",
        { AbsoluteUri.Length: > Longest } => $"has {address.AbsoluteUri.Length} characters: the service takes at most {Longest}.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => $"uses '{address.Scheme}': the service delivers to https addresses only.",
    };
}
