namespace Sixtyfour.Http;

/// <summary>A success, read.</summary>
internal readonly record struct ApiAnswer<T>(T Value, ResponseInfo? Info, int Attempts);
