namespace Sixtyfour;

/// <summary>The parts of an address that may be shown: a user or a query in it may be secret.</summary>
internal static class SafeAddress
{
    /// <summary>Scheme, host and port: they decide whether the key may be sent there.</summary>
    public static string Origin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public static string Of(Uri? address) => address switch
    {
        null => "",
        { IsAbsoluteUri: true } => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        _ => address.OriginalString,
    };
}
