namespace Sixtyfour.Emulator;

/// <summary>The form of error bodies; the vendor's pages and the contract of the service differ.</summary>
public enum ErrorForm
{
    /// <summary>
    /// As on the vendor's errors page: <c>{"error": …, "message": …}</c>, and <c>{"detail": …}</c> where that page shows it. A gateway's 502, 503 and 504
    /// have no body.
    /// </summary>
    ErrorsPage,

    /// <summary>As the contract declares: <c>{"detail": …}</c> for every error, with <c>Retry-After</c> on a 503.</summary>
    Detail,
}
