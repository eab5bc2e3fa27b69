namespace Sixtyfour.Http;

/// <summary>A success, read.</summary>
/// <param name="Value">What came.</param>
/// <param name="Info">Status and headers, where they are wanted.</param>
/// <param name="Attempts">How many times the request was sent.</param>
/// <param name="HadDoubts">The same request may have been accepted before, by this very call.</param>
internal readonly record struct ApiAnswer<T>(T Value, ResponseInfo? Info, int Attempts, bool HadDoubts);
