namespace Sixtyfour;

/// <summary>What the service accepts as the address of a webhook (vendor's webhooks page and reference).</summary>
internal static class WebhookAddress
{
    private const int Longest = 2_083;

    /// <summary>What is wrong with it, with the fix; null when nothing is. Loopback addresses may be plain http, for the emulator.</summary>
    public static string? Problem(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "is relative: give an absolute https address.",
        { AbsoluteUri.Length: > Longest } => $"has {address.AbsoluteUri.Length} characters: the service takes at most {Longest}.",
        { Scheme: "https" } or { Scheme: "http", IsLoopback: true } => null,
        _ => $"uses '{address.Scheme}': the service delivers to https addresses only.",
    };
}
