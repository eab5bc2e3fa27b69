namespace Sixtyfour.Options;

/// <summary>An address as it may be shown: a user or a query in it may be secret.</summary>
internal static class SafeAddress
{
    public static string Of(Uri? address) => address switch
    {
        null => "",
        { IsAbsoluteUri: true } => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        _ => address.OriginalString,
    };
}
